package dev.weft.internal.task;

import dev.weft.CancelScope;
import dev.weft.Cancellation;
import dev.weft.Task;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.block.TimeoutBlock;
import dev.weft.internal.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request to an {@link StructuredStrand} to stop, from when it is made until it is taken back. All that is not final
 * is guarded by the strand's lock.
 */
public final class Request {

    /** The requester, by which a request is taken back. */
    public enum Kind {
        /** {@link Task#cancel}, or the owner or an awaiter of the task; taken back by {@link Task#uncancel}. */
        CANCEL,
        /** The caller of {@code run}, interrupted. Kept apart from other cancels, so that both are known. */
        CALLER,
        /** A block with a deadline, which takes it back. */
        TIMEOUT,
        /** A task group, of its own block; the group takes it back. */
        GROUP,
        /** A {@link CancelScope}'s block, of itself, which takes it back. */
        SCOPE
    }

    public final Kind kind;

    /** For a block's request: the innermost cancel action outside of the block. The request does not trigger it. */
    final @Nullable CancelAction outerAction;

    public Cancellation cancellation;

    /** How many cancels this stands for: they are merged, so that a task cancelled a million times keeps one record. */
    int count = 1;

    boolean delivered;

    /** The block that makes this has ended: it is not added any more. */
    boolean isWithdrawn;

    /** The number of the delivery in which this was delivered for the first time; 0 before. */
    private int deliveredBy;

    /** Null if it does not count when this was delivered. */
    private final @Nullable Scheduler clock;

    private final long madeNanos;

    private long deliveredNanos;

    /** The number of deliveries before this was made; negative until it is added. */
    int madeAfter = -1;

    /** Whether the interrupt for earlier requests seemed to have been noticed when this was made. */
    boolean comesInCleanUp;

    /** For a block's request: the number of shields that the block is in. */
    final int shields;

    /** The strand asked itself. */
    boolean own;

    /** Stands in the list, and was not merged into another. */
    boolean isKept;

    /** The requester arranges for the watch itself. */
    boolean isWatched;

    /** Increases from request to request. */
    int sequence;

    @Nullable
    Request next;

    /** A cancel. */
    public Request(Cancellation cancellation) {
        this(Kind.CANCEL, cancellation, null, 0, null);
    }

    /** A cancel of {@code task} by the calling thread. */
    static Request byCaller(TaskImpl<?> task, @Nullable Object reason) {
        var caller = StructuredStrand.current();
        var origin = caller.describe();
        if (caller != task && origin.equals(task.describe())) {
            origin = "another " + origin;
        }
        return new Request(Cancellations.now(task.scheduler(), reason, origin));
    }

    /** A cancel of one of many tasks, who are watched together. */
    public static Request ofMany(Cancellation cancellation) {
        var request = new Request(cancellation);
        request.isWatched = true;
        return request;
    }

    /** A request of a block that is in no shield. */
    public Request(Kind kind, Cancellation cancellation, @Nullable CancelAction outerAction) {
        this(kind, cancellation, outerAction, 0, null);
    }

    /**
     * A block's request.
     *
     * @param clock tells when this is made and delivered, if that counts
     */
    public Request(
            Kind kind,
            Cancellation cancellation,
            @Nullable CancelAction outerAction,
            int shields,
            @Nullable Scheduler clock) {
        this.kind = kind;
        this.cancellation = cancellation;
        this.outerAction = outerAction;
        this.shields = shields;
        this.clock = clock;
        this.madeNanos = clock == null ? 0 : clock.nanoTime();
    }

    /** Asked by a block of the strand's own, which takes it back, and not of the strand as a whole. */
    boolean isOfBlock() {
        return kind == Kind.TIMEOUT || kind == Kind.GROUP || kind == Kind.SCOPE;
    }

    /** Asked by a {@link TimeoutBlock}, which is watched by itself. */
    boolean isByLimit() {
        return kind == Kind.TIMEOUT || kind == Kind.SCOPE;
    }

    /**
     * This has been delivered.
     *
     * @param promptly whether the thread has noticed at an unknown time: interrupted threads mostly do at once
     */
    void deliver(int number, boolean promptly) {
        delivered = true;
        if (deliveredBy == 0) {
            deliveredBy = number;
            if (clock != null) {
                deliveredNanos = promptly ? madeNanos : clock.nanoTime();
            }
        }
    }

    /**
     * Whether the deadline that this stands for passed when the strand had been told of {@code other}'s already: during
     * its clean-up, say.
     */
    boolean hasPassedAfterDeliveryOf(Request other) {
        var passedNanos = Api.nanos(cancellation.at());
        if (comesInCleanUp && other.sequence - sequence < 0) {
            return passedNanos >= other.madeNanos;
        }
        return other.deliveredBy != 0 && madeAfter - other.deliveredBy >= 0 && passedNanos >= other.deliveredNanos;
    }

    /** Takes in a later cancel, which has the last word on the reason. */
    void merge(Request later) {
        count += later.count;
        own |= later.own;
        sequence = later.sequence;
        cancellation = later.cancellation;
    }
}
