package dev.weft;

/**
 * A block with a result that can be cancelled by a handle. Also a {@link VoidCancelScopeBody}, so that the compiler
 * prefers this one wherever a lambda or a method reference could be either.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @see Weft#cancellable(CancelScopeBody)
 * @since 0.1.0
 */
@FunctionalInterface
public interface CancelScopeBody<T, X extends Exception> extends VoidCancelScopeBody<X> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @param scope cancels this block; may be handed to any thread
     * @return the result, not null
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    T runIn(CancelScope scope) throws X, InterruptedException;

    /**
     * {@link #runIn}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default void executeIn(CancelScope scope) throws X, InterruptedException {
        runIn(scope);
    }
}
