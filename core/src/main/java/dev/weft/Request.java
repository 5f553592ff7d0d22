package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A request to an {@link Activity} to stop, from when it is made until it is taken back. All that is not final is
 * guarded by the activity's lock.
 */
final class Request {

    /** Asked by {@link Task#cancel}, or by who owns or awaits the task; taken back by {@link Task#uncancel}. */
    static final int CANCEL = 0;
    /** Asked by who called {@code run} and was interrupted. Stands apart from other cancels, so that both are known. */
    static final int CALLER = 3;
    /** Asked by a {@link TimeoutBlock}, which takes it back. */
    static final int TIMEOUT = 1;
    /** Asked by a {@link TaskGroupImpl} of its own block, and taken back by it. */
    static final int GROUP = 2;

    final int kind;

    /** For a block's request: the innermost cancel action outside of the block, which is none of its business. */
    final @Nullable OnCancel block;

    Cancellation cancellation;

    /** How many cancels this stands for: they are merged, so that a task cancelled a million times keeps one record. */
    int count = 1;

    boolean delivered;

    /** The activity asked itself. */
    boolean own;

    /** Stands in the list, and was not merged into another. */
    boolean isKept;

    /** Who has made it sees to it that somebody looks whether the activity stops. */
    boolean isWatched;

    /** Increases from request to request. */
    int sequence;

    @Nullable
    Request next;

    /** A cancel. */
    Request(Cancellation cancellation) {
        this(CANCEL, cancellation, null);
    }

    /** A cancel of one of many tasks, who are watched together. */
    static Request ofMany(Cancellation cancellation) {
        var request = new Request(cancellation);
        request.isWatched = true;
        return request;
    }

    /** A block's request. */
    Request(int kind, Cancellation cancellation, @Nullable OnCancel block) {
        this.kind = kind;
        this.cancellation = cancellation;
        this.block = block;
    }

    /** Takes in a later cancel, which has the last word on the reason. */
    void merge(Request later) {
        count += later.count;
        own |= later.own;
        sequence = later.sequence;
        cancellation = later.cancellation;
    }
}
