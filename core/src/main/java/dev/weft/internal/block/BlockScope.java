package dev.weft.internal.block;

import dev.weft.CancelScope;
import org.jspecify.annotations.Nullable;

/** The handle of a block without a deadline. */
public final class BlockScope implements CancelScope {

    private final TimeoutBlock block;

    BlockScope(TimeoutBlock block) {
        this.block = block;
    }

    @Override
    public boolean cancel(@Nullable Object reason) {
        return block.cancel(reason);
    }

    @Override
    public boolean isCancelled() {
        return block.expired();
    }

    @Override
    public String toString() {
        return "<CancelScope [" + block.stateOfScope() + "]>";
    }
}
