package dev.weft;

/**
 * A {@link CancelScopeBody} without a result.
 *
 * @param <X> the checked exception that the body throws
 */
@FunctionalInterface
public interface VoidCancelScopeBody<X extends Exception> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    void executeIn(CancelScope scope) throws X, InterruptedException;
}
