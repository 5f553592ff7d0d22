package dev.weft.sync;

import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.WaitingStrand;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one strand, used once. All but {@link #end} is guarded by the lock of the {@link Guarded} that it waits
 * at; docs/internals.md has its states.
 */
class WaitNode implements Awaitable {

    /** How a wait has ended for the one who is waited at. */
    enum End {
        /** The strand owns what it waited for: it takes that, or hands it on. */
        GRANTED,
        /** It will never come. */
        REFUSED
    }

    /** That a node is to be unparked. Made beforehand, one for each time that it may be. */
    static final class Rousing {
        final WaitNode node;

        @Nullable
        Rousing next;

        Rousing(WaitNode node) {
            this.node = node;
        }
    }

    final WaitingStrand strand;

    /** For {@link Guarded#end}. */
    final Rousing ending = new Rousing(this);

    /** How much is waited for. */
    final int amount;

    /** The list that this stands in, or null. */
    @Nullable
    WaitQueue list;

    @Nullable
    WaitNode previous;

    @Nullable
    WaitNode next;

    private volatile @Nullable End end;

    WaitNode() {
        this(1);
    }

    WaitNode(int amount) {
        this.strand = WaitingStrand.ofCallingThread();
        this.amount = amount;
    }

    final void end(End how) {
        end = how;
    }

    final boolean isGranted() {
        return end == End.GRANTED;
    }

    @Override
    public final boolean isReady() {
        return end != null;
    }

    final void unpark() {
        strand.scheduler().unpark(strand);
    }

    /** The thread that holds what this waits for. Seen by other threads when it may be over. */
    @Override
    public final @Nullable Thread holder() {
        var at = list;
        return at == null ? null : at.holder.get();
    }

    @Override
    public final String toString() {
        var at = list;
        return at == null ? "a wait that has ended" : at.what;
    }
}
