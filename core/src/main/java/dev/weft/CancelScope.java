package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The handle of a {@link Weft#cancellable(CancelScopeBody) cancellable} block, by which any thread may cancel it.
 * Thread-safe. Once the block has ended the handle does nothing.
 */
public sealed interface CancelScope permits BlockScope {

    /**
     * Cancels the block: its body is asked to stop, as if its task were cancelled, and nothing else of the task is.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point; a body that cancels its own block is
     * told at its next one.
     *
     * @param reason told in {@link CancelledException#cancellation()}; may be null
     * @return false if the block was cancelled before, or has ended
     */
    boolean cancel(@Nullable Object reason);

    /** {@link #cancel(Object)} without a reason. */
    default boolean cancel() {
        return cancel(null);
    }

    /** Whether the block was cancelled by this handle while it ran. */
    boolean isCancelled();

    /** As in {@code <CancelScope [active]>}. */
    @Override
    String toString();
}
