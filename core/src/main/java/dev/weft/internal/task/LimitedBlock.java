package dev.weft.internal.task;

import dev.weft.Cancellation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A block with a deadline, as its strand's {@link Deadlines} know it.
 *
 * <p>{@link #state} goes from ACTIVE to FINISHED or EXPIRED when the block ends; or to EXPIRING when somebody finds
 * that the deadline has passed, who makes the request to stop in the same breath, and then to EXPIRED when the block
 * has ended and taken the request back. All but the last under the strand's lock.
 */
public abstract class LimitedBlock {

    public enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    public final StructuredStrand self;

    /** The number of shields that this is in. */
    public final int shields;

    /** The block that this one stands in, on the same strand. Guarded by the strand's lock, as all below. */
    @Nullable
    LimitedBlock outer;

    /** Set for this block alone. */
    Deadlines.@Nullable Timer timer;

    public volatile long deadlineNanos;

    public volatile State state = State.ACTIVE;

    /** The request that this has made, since EXPIRING. */
    private @Nullable Request request;

    public LimitedBlock(StructuredStrand self, long deadlineNanos) {
        this.self = self;
        this.shields = self.shields();
        this.deadlineNanos = deadlineNanos;
    }

    /** A request to give to {@link #expire}. Without the lock. */
    protected abstract Request newRequest();

    /** The block in words. */
    protected abstract String description();

    final StructuredStrand self() {
        return self;
    }

    /** How long ago the deadline was. */
    final long lateNanos() {
        return self.scheduler().nanoTime() - deadlineNanos;
    }

    /** Whether the body has been asked to stop and has not ended. */
    final boolean isExpiring() {
        return state == State.EXPIRING;
    }

    /** Why the body was asked to stop. Only since {@link #isExpiring}. */
    final @Nullable Cancellation reason() {
        var made = request;
        return made == null ? null : made.cancellation;
    }

    // ---- with the lock held

    final boolean isActive() {
        return state == State.ACTIVE;
    }

    /** The deadline has passed, and {@code made} is asked of the strand. */
    final void expire(Request made) {
        request = made;
        state = State.EXPIRING;
    }

    /**
     * The block has ended.
     *
     * @param expired whether it counts as expired although nobody has looked yet
     * @return what it has asked for, to be taken back; null if nothing
     */
    final @Nullable Request finish(boolean expired) {
        if (isActive()) {
            state = expired ? State.EXPIRED : State.FINISHED;
        }
        return request;
    }

    protected final String stateName() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
