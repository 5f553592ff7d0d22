package dev.weft.cli.timeline;

import java.util.List;

/**
 * The lanes of a run over time. All times are microseconds since its beginning.
 *
 * @param title what it shows
 * @param subtitle when, and whatever else there is to say
 * @param kind which words fit
 * @param lanes parents before their children, and the children of one parent together
 * @param empty what to say if there are no lanes
 */
public record Timeline(
        String title, String subtitle, Kind kind, long endMicros, List<Lane> lanes, List<Mark> marks, String empty) {

    public Timeline {
        lanes = List.copyOf(lanes);
        marks = List.copyOf(marks);
    }

    /** Where the picture begins: 0, or less if something came before the time that the lanes are counted from. */
    public long beginMicros() {
        return Math.min(0, lanes.stream().mapToLong(Lane::fromMicros).min().orElse(0));
    }

    /** The kind of the lanes. */
    public enum Kind {
        TASKS,
        FETCH
    }

    /** How a lane has ended. */
    public enum State {
        SUCCESS,
        FAILURE,
        CANCELLED,
        /** It had not ended when it was last seen. */
        OPEN,
        /** It never began, or it is not a task. */
        NONE
    }

    /** How a lane is to be taken. */
    public enum Role {
        /** A task or a URL: counted. */
        WORK,
        /** Holds others, and counts for nothing. */
        OWNER,
        /** The time before the work could begin: counts for nothing. */
        START
    }

    /**
     * A task, a URL, a thread, or a host.
     *
     * @param id greater than 0 for a task
     * @param parent the {@code id} of what owns it; 0 for nothing
     * @param depth how many lanes own it
     * @param label what is shown of the name: the part that differs; empty if that is the name
     * @param queued since when it waited for its turn; {@link #NOT_QUEUED} if it did not
     * @param word its state in its own words; empty if the usual one will do
     * @param tag what stands at its bar; empty for nothing
     * @param spans parts of it, in their order
     */
    public record Lane(
            long id,
            long parent,
            int depth,
            String name,
            String label,
            long fromMicros,
            long toMicros,
            long queued,
            State state,
            String word,
            String tag,
            Role role,
            List<Span> spans,
            List<Fact> facts) {

        public static final long NOT_QUEUED = -1;

        public Lane {
            spans = List.copyOf(spans);
            facts = List.copyOf(facts);
        }
    }

    /**
     * A part of a lane.
     *
     * @param waiting whether it waits in it; it runs otherwise
     */
    public record Span(long fromMicros, long toMicros, boolean waiting, String what) {}

    /** Something to know of a lane. */
    public record Fact(String name, String value) {}

    /**
     * Something that happened at one time.
     *
     * @param kind {@code deadline}, {@code cancel}, {@code failure} or {@code warning}
     * @param lane the {@code id} of the lane that it concerns; 0 for all
     */
    public record Mark(long atMicros, String kind, long lane, String text) {}
}
