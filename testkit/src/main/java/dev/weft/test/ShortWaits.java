package dev.weft.test;

import java.time.Duration;
import java.util.TreeMap;

/**
 * Timed waits that may come to their end although others could run: a thread of a real program can be kept from running
 * for so long. That is for short limits, of which a program cannot expect that all others have been faster; a test that
 * waits for seconds does. Thread-safe.
 */
final class ShortWaits {

    /** The longest limit of a short wait. */
    private static final long LONGEST = Duration.ofMillis(100).toNanos();

    /** How far the clock may be put forward in an execution: less than tests wait for what must come. */
    private static final long ALL_TOGETHER = Duration.ofMillis(500).toNanos();

    /** How many waits end so, one in how many turns. */
    private static final int ONE_IN = 16;

    private final TreeMap<Long, Integer> deadlines = new TreeMap<>();
    private long left = ALL_TOGETHER;
    private long end;

    /** A wait begins. */
    synchronized void begin(long nanos, long deadline) {
        if (nanos <= LONGEST) {
            deadlines.merge(deadline, 1, Integer::sum);
        }
    }

    /** A wait has ended, one way or the other. */
    synchronized void end(long nanos, long deadline) {
        if (nanos <= LONGEST) {
            deadlines.computeIfPresent(deadline, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /**
     * Whether the order has the next one end before anything else is done. In turn only.
     *
     * @param now what the clock shows; it is to be put forward to {@link #end}
     */
    synchronized boolean endsOne(long now, Order order, Recorder recorder) {
        var next = deadlines.higherEntry(now);
        if (next == null || next.getKey() - now > left) {
            return false;
        }
        var ends = order.draw(ONE_IN) == 1;
        recorder.chose(ends ? 1 : 0, 2);
        if (ends) {
            end = next.getKey();
            left -= end - now;
        }
        return ends;
    }

    /** When the one ends that {@link #endsOne} has chosen. */
    synchronized long end() {
        return end;
    }
}
