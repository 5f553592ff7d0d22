package dev.weft.cli.model;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run, looked at from its end.
 *
 * @param stop who stopped it, if it was {@link Ending#STOPPED}
 * @param deadline null if there was none
 * @param hint what would help next time, or null
 * @param failOn which outcomes are a failure
 */
public record Summary(
        Tally tally,
        Ending ending,
        @Nullable StopSignal stop,
        Duration elapsed,
        @Nullable Duration deadline,
        @Nullable String hint,
        Set<Verdict> failOn) {

    /** The exit code for the run's end and its results together. */
    public int exitCode() {
        if (stop != null) {
            return stop.exitCode();
        }
        return switch (ending) {
            case DEADLINE -> ExitCode.DEADLINE;
            case CANNOT_WRITE -> ExitCode.CANNOT_WRITE;
            case COMPLETE, STOPPED -> tally.hasAny(failOn) ? ExitCode.SOME_NOT_OK : ExitCode.OK;
        };
    }
}
