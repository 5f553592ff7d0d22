package dev.weft;

/**
 * A block without a result that can be cancelled by a handle. A {@link CancelScopeBody} is one too, whose result is
 * dropped.
 *
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @see Weft#cancellable(VoidCancelScopeBody)
 * @since 0.1.0
 */
@FunctionalInterface
public interface VoidCancelScopeBody<X extends Exception> {

    /**
     * Does the work, on the caller's own thread.
     *
     * @param scope cancels this block; may be handed to any thread
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    void executeIn(CancelScope scope) throws X, InterruptedException;
}
