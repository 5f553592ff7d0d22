package dev.weft.test;

import java.util.HashSet;
import java.util.Set;

/**
 * The part of a program's behaviour that a search has seen. Two schedules are the same if the same threads took the
 * same turns.
 *
 * @param schedules the number of schedules that were run
 * @param distinct how many of them were not the same as one before
 * @param newAmongLast how many of the last hundred, or of all if there were fewer, were not the same as one before: as
 *     long as most are, there is more to see
 * @param complete whether these are all schedules that there are
 * @since 0.1.0
 */
public record Coverage(int schedules, int distinct, int newAmongLast, boolean complete) {

    private static final int LAST = 100;

    @Override
    public String toString() {
        return schedules + " schedules, " + distinct + " different"
                + (complete
                        ? "; there are no others"
                        : "; of the last " + Math.min(schedules, LAST) + ", " + newAmongLast + " were new");
    }

    /** Counts. */
    static final class Counter {
        private final Set<Long> digests = new HashSet<>();
        private final boolean[] last = new boolean[LAST];
        private int schedules;

        /** A schedule has been run. */
        void count(Trace trace) {
            last[schedules++ % LAST] = digests.add(trace.digest());
        }

        int schedules() {
            return schedules;
        }

        /** The counts until now. */
        Coverage coverage(boolean complete) {
            var fresh = 0;
            for (var isNew : last) {
                fresh += isNew ? 1 : 0;
            }
            return new Coverage(schedules, digests.size(), fresh, complete);
        }
    }
}
