package dev.weft.diagnostics;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, thread, structured call or task of a {@link TaskDump}.
 *
 * @param id tells it from the others of one process, also from dump to dump
 * @param parent the {@code id} of what owns it, which comes before it; 0 at the top
 * @param kind what it is
 * @param name a task's or thread's name; what a run or call is
 * @param state how far it is
 * @param age how long ago it was made; null if nobody has noted that
 * @param waitingFor what it waits for within Weft, in words; null if it computes, or waits elsewhere
 * @param awaits the entries that must end before that wait can
 * @param awaitedBy the entries that cannot go on before this has ended
 * @param deadline the time limit that comes first; null if there is none
 * @param cancellation what it was asked to stop for; null if it was not
 * @param createdAt the place in the program; null outside of debug mode
 * @param frames the top of its stack, innermost first; empty where none were asked for
 */
public record Entry(
        long id,
        long parent,
        Kind kind,
        String name,
        State state,
        @Nullable Duration age,
        @Nullable String waitingFor,
        List<Long> awaits,
        List<Long> awaitedBy,
        @Nullable Limit deadline,
        @Nullable Stop cancellation,
        @Nullable String createdAt,
        List<String> frames) {

    /** Copies the lists. */
    public Entry {
        awaits = List.copyOf(awaits);
        awaitedBy = List.copyOf(awaitedBy);
        frames = List.copyOf(frames);
    }

    /** The kinds of entries. */
    public enum Kind {
        /** A call of {@code run}. */
        RUN,
        /** A thread that does not belong to a task and has called Weft. */
        THREAD,
        /** A task. */
        TASK,
        /** An open structured call that owns tasks: a group, a gather, and the like. */
        CALL
    }

    /** The progress of an entry. */
    public enum State {
        /** It was made and has not begun. */
        NOT_STARTED,
        /** It computes, or waits in a call of the JDK's. */
        RUNNING,
        /** It waits within Weft. */
        WAITING,
        /** It has ended since the dump was begun. */
        ENDED
    }

    /**
     * A time limit.
     *
     * @param remaining the time left; negative if the limit has passed
     * @param owner the block that has the limit, in words
     */
    public record Limit(Duration remaining, String owner) {}

    /**
     * A request to stop.
     *
     * @param count the number of pending requests
     * @param reason the reason, in words
     * @param by the requester; null if that is not known
     * @param since the time that has passed since the request; null if that is not known
     */
    public record Stop(
            int count,
            String reason,
            @Nullable String by,
            @Nullable Duration since) {}
}
