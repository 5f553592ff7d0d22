package dev.weft;

/**
 * A body that is given the handle by which it can be cancelled. Also a {@link VoidCancelScopeBody}, so that a lambda
 * that fits both is taken for this.
 *
 * @param <T> what the body returns
 * @param <X> the checked exception that the body throws
 */
@FunctionalInterface
public interface CancelScopeBody<T, X extends Exception> extends VoidCancelScopeBody<X> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    T runIn(CancelScope scope) throws X, InterruptedException;

    /**
     * {@link #runIn}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    @Override
    default void executeIn(CancelScope scope) throws X, InterruptedException {
        runIn(scope);
    }
}
