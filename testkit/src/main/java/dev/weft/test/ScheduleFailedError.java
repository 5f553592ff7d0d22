package dev.weft.test;

import java.util.Objects;

/**
 * A program failed under a schedule. The message has the line that repeats it, and the turns; the cause is the failure.
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

    /**
     * The schedule under which it failed, with as few detours as could be found. Not serialized.
     *
     * @return never null where the error was thrown; null after deserialization
     */
    public Schedule schedule() {
        return schedule;
    }

    /**
     * The trace under {@link #schedule()}. Not serialized.
     *
     * @return never null where the error was thrown; null after deserialization
     */
    public Trace trace() {
        return trace;
    }

    /**
     * The number of schedules that were tried until the first failed, that one included.
     *
     * @return from 1
     */
    public int attempts() {
        return attempts;
    }
}
