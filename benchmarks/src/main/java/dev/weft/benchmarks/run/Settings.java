package dev.weft.benchmarks.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often and how long each benchmark runs.
 *
 * @param rounds how often every peer has its turn, each time in a new process
 * @param warmups iterations before those that count
 * @param iterations iterations that count; each is one sample
 * @param iterationMillis how long an iteration lasts, or one invocation if that takes longer
 * @param limitSeconds after how long no further benchmark is started; null for never
 */
record Settings(
        int rounds,
        int warmups,
        int iterations,
        int iterationMillis,
        @Nullable Integer limitSeconds) {

    static final Settings FULL = new Settings(5, 5, 5, 400, null);

    /** Ends within ten minutes: the last minute is for the benchmark that has been started, and the report. */
    static final Settings QUICK = new Settings(1, 3, 3, 200, 540);

    Settings withRounds(int number) {
        return new Settings(number, warmups, iterations, iterationMillis, limitSeconds);
    }

    Duration iteration() {
        return Duration.ofMillis(iterationMillis);
    }
}
