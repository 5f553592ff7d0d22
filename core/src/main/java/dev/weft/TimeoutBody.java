package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Body} that can see and move the deadline that it runs under.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface TimeoutBody<T extends @Nullable Object, X extends Exception> extends VoidTimeoutBody<X> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @param timeout the block that this runs in
     * @return the result
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    T runUnder(Timeout timeout) throws X, InterruptedException;

    /**
     * {@link #runUnder}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default void executeUnder(Timeout timeout) throws X, InterruptedException {
        runUnder(timeout);
    }
}
