package dev.weft.test;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A turn: what one task did between two waits.
 *
 * @param number from 1 on
 * @param time the virtual time, since the beginning
 * @param task the name of the task that ran. A task without a name of its own is called {@code #2}, if it is the
 *     second; main is {@code main}
 * @param ready the number of ready tasks, of which this was one
 * @param end how the turn ended, as in {@code waits for gather of 2} or {@code lets others go first}
 */
public record Turn(long number, Duration time, String task, int ready, String end) {

    /** Creates a turn. */
    public Turn {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(end, "end");
    }

    /** One line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6d  %12s  %-16s  %s", number, Names.time(time.toNanos()), task, end)
                + (ready > 1 ? "   (" + ready + " were ready)" : "");
    }
}
