package dev.weft.cluster;

/**
 * The code of a handler, as a member serves it.
 *
 * <p>It runs in a task of its own, on a virtual thread, and may block. Its task is cancelled when the caller's is, when
 * the caller is lost, and when the member has drained for long enough. {@link Call#current()} tells about the call.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 * @since 0.1.0
 */
@FunctionalInterface
public interface Code<A, R> {

    /**
     * Runs the handler for one call.
     *
     * @param argument the decoded argument
     * @return the result, which goes back to the caller
     * @throws Exception reaches the caller with its type if {@link Handler#fails} names the type, else as a
     *     {@link RemoteFailureException}
     * @since 0.1.0
     */
    R run(A argument) throws Exception;
}
