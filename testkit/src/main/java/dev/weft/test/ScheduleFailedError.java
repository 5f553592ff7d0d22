package dev.weft.test;

import java.util.Objects;

/**
 * A program failed under a schedule. The message has the line that repeats it, and what happened; the cause is the
 * failure.
 */
public final class ScheduleFailedError extends AssertionError {

    private static final long serialVersionUID = 1;

    private final transient Schedule schedule;
    private final transient Trace trace;
    private final int attempts;

    ScheduleFailedError(String message, Schedule schedule, Trace trace, int attempts, Throwable failure) {
        super(message, failure);
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.trace = Objects.requireNonNull(trace, "trace");
        this.attempts = attempts;
    }

    /** The schedule under which it failed, with as few detours as could be found. Not serialized. */
    public Schedule schedule() {
        return schedule;
    }

    /** The trace under {@link #schedule()}. Not serialized. */
    public Trace trace() {
        return trace;
    }

    /** How many schedules were tried until the first failed, that one included. */
    public int attempts() {
        return attempts;
    }
}
