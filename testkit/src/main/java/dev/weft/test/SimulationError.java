package dev.weft.test;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fault that the simulation has found in a program, other than an exception that the program throws itself. */
public final class SimulationError extends AssertionError {

    private static final long serialVersionUID = 1;

    /** The finding. */
    private final Kind kind;

    SimulationError(Kind kind, String message, @Nullable Throwable cause) {
        super(kind.title + ": " + message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        setStackTrace(new StackTraceElement[0]); // where it was found says nothing
    }

    /** There were more turns than {@code limit}. */
    static SimulationError livelock(long limit, long nanos, String strands) {
        return new SimulationError(
                Kind.STEP_LIMIT,
                "more than " + limit + " turns, by " + Names.time(nanos) + " of virtual time; is it a livelock?\n"
                        + strands,
                null);
    }

    /** Every one waits. */
    static SimulationError deadlock(String unit, boolean noTimerIsLeft, long nanos, String strands) {
        var stopped = noTimerIsLeft
                ? "every " + unit + " waits, and no timer is left"
                : "every " + unit + " waits, and the clock stands still until somebody calls advanceBy(…)";
        return new SimulationError(Kind.DEADLOCK, stopped + ", at " + Names.time(nanos) + "\n" + strands, null);
    }

    /**
     * The kind of finding.
     *
     * @return the kind to give to {@link Simulation#allow} if the finding is intended
     */
    public Kind kind() {
        return kind;
    }

    /** The findings of a simulation. */
    public enum Kind {
        /** Every task waits, no timer is left, and nothing is under way outside. The message has the wait graph. */
        DEADLOCK("deadlock"),
        /** A task had not ended when main did. */
        LEAKED_TASK("leaked task"),
        /** A task failed, and nobody looked at it. The cause is its exception. */
        UNOBSERVED_FAILURE("unobserved failure"),
        /** A callback or handler threw. The cause is what it threw. */
        CALLBACK_FAILURE("failed callback"),
        /** A task was asked to stop, and still runs after the grace, in virtual time. */
        IGNORED_CANCELLATION("ignored cancellation"),
        /** A task kept all others from running, by blocking outside of Weft or by computing. The cause is its stack. */
        HELD_TURN("held turn"),
        /** There were more turns than the limit. */
        STEP_LIMIT("step limit"),
        /** A {@linkplain World#open tracked resource} was not closed. */
        UNCLOSED_RESOURCE("unclosed resource"),
        /** A {@linkplain World#open tracked resource} was closed more than once. */
        DOUBLE_CLOSE("double close"),
        /** The same schedule did not have the same result: something is not under the simulation's control. */
        NONDETERMINISM("uncontrolled nondeterminism");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }
}
