package dev.weft;

import dev.weft.internal.block.BlockScope;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a {@link Weft#cancellable(CancelScopeBody) cancellable} block, by which any thread may cancel it. Once
 * the block has ended the handle does nothing.
 *
 * <p>Thread-safe. No method waits for the block or is a cancellation point.
 *
 * @since 0.1.0
 */
public sealed interface CancelScope permits BlockScope {

    /**
     * Cancels the block: its body is asked to stop, as if its task were cancelled. The task itself is not cancelled.
     *
     * <p><b>Blocking:</b> as {@link Task#cancel(Object)}: not for the end of the block, which may still run when this
     * returns; until a channel is closed that the body is blocked in. <b>Cancellation:</b> never a cancellation point.
     * A body that cancels its own block is stopped at its next cancellation point.
     *
     * @param reason what {@link CancelledException#cancellation()} gives as the reason, or null
     * @return whether this call has cancelled the block; false if it was cancelled before or has ended
     * @since 0.1.0
     */
    boolean cancel(@Nullable Object reason);

    /**
     * {@link #cancel(Object)} without a reason.
     *
     * @return whether this call has cancelled the block
     * @since 0.1.0
     */
    default boolean cancel() {
        return cancel(null);
    }

    /**
     * Returns whether the block was cancelled by this handle while it ran. Stays true when the block has ended.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return whether a call of {@code cancel} has returned true
     * @since 0.1.0
     */
    boolean isCancelled();

    /**
     * Returns the state of the block in words: active, cancelling, cancelled or finished.
     *
     * @return for example {@code <CancelScope [active]>}
     * @since 0.1.0
     */
    @Override
    String toString();
}
