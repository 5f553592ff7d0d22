package dev.weft;

/**
 * A block without a result. A {@link TimeoutBody} is one too, whose result is dropped.
 *
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface VoidTimeoutBody<X extends Exception> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @param timeout the block that this runs in
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    void executeUnder(Timeout timeout) throws X, InterruptedException;
}
