package dev.weft.test;

import java.util.Arrays;
import java.util.Locale;

/**
 * Measures how many schedules each strategy needs for each canary, as docs/testing.md has it. Each measurement is
 * repeated from 30 places in the row of seeds. Run it with the test class path; it is no test.
 */
final class CanaryMeter {

    private static final int REPETITIONS = 30;
    private static final int LIMIT = 1_000;

    private CanaryMeter() {}

    public static void main(String... arguments) throws InterruptedException {
        System.out.println("| canary | found within | FIFO | RANDOM | PCT | POS |");
        System.out.println("|---|---|---|---|---|---|");
        for (var canary : Canary.values()) {
            System.out.println(row(canary));
        }
    }

    private static String row(Canary canary) throws InterruptedException {
        var row = new StringBuilder("| `" + canary.name() + "` | ");
        if (canary.isFoundBySweep() || canary == Canary.FOREIGN_LOCK || canary == Canary.UNCONTROLLED) {
            return row + "1 | | | | |";
        }
        row.append(foundWithin(canary)).append(" | ").append(fails(canary, Schedule.FIFO, null) ? "1" : "–");
        for (var strategy : Strategy.values()) {
            row.append(" | ").append(measure(canary, strategy));
        }
        return row + " |";
    }

    private static String foundWithin(Canary canary) throws InterruptedException {
        try {
            canary.simulation().withoutShrinking().explore(LIMIT, canary::run);
            return "never";
        } catch (ScheduleFailedError e) {
            return Integer.toString(e.attempts());
        }
    }

    private static String measure(Canary canary, Strategy strategy) throws InterruptedException {
        var needed = new int[REPETITIONS];
        for (var repetition = 0; repetition < REPETITIONS; repetition++) {
            needed[repetition] = needed(canary, strategy, 1_000_000L * (repetition + 1));
        }
        Arrays.sort(needed);
        return String.format(Locale.ROOT, "%s / %s", text(needed[REPETITIONS / 2]), text(needed[REPETITIONS * 9 / 10]));
    }

    private static String text(int needed) {
        return needed > LIMIT ? ">" + LIMIT : Integer.toString(needed);
    }

    private static int needed(Canary canary, Strategy strategy, long firstSeed) throws InterruptedException {
        var length = new int[] {20};
        for (var i = 0; i < LIMIT; i++) {
            if (fails(canary, strategy.schedule(firstSeed + i, length[0]), length)) {
                return i + 1;
            }
        }
        return LIMIT + 1;
    }

    private static boolean fails(Canary canary, Schedule schedule, int[] length) throws InterruptedException {
        try {
            var trace = canary.simulation().replay(schedule, canary::run);
            if (length != null) {
                length[0] = (int) trace.count();
            }
            return false;
        } catch (ScheduleFailedError e) {
            return true;
        }
    }
}
