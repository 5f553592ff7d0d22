package dev.weft.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ChildJvm;
import dev.weft.OnEveryRuntime;
import dev.weft.Problem;
import dev.weft.TestRuntime;
import dev.weft.WeftRuntime;
import dev.weft.fuzz.Fuzzer.Place;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs of every construct, with hostile objects of users' and random cancels. A failure names the seed:
 * {@code -Dweft.fuzz.seed=SEED} runs from that one on, {@code -Dweft.fuzz=N} N times as many.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("weft.fuzz.seed", 0);
    private static final int TIMES = Integer.getInteger("weft.fuzz", 1);

    /** A program takes about a millisecond: this is a hang, on any machine. */
    private static final Duration HANG = Duration.ofSeconds(40);

    @OnEveryRuntime
    void h6_hostileObjectsInARun_harmTheirOwnCallAlone(TestRuntime runtime, TestReporter reporter) {
        check(new Fuzzer(Place.RUN, runtime::open, SEED, 1_000L * TIMES), reporter);
    }

    @Test
    void h6_hostileObjectsOutsideOfARun_harmTheirOwnCallAlone(TestReporter reporter) {
        check(new Fuzzer(Place.THREAD, WeftRuntime::parallel, SEED, 5_000L * TIMES), reporter);
    }

    @Test
    void h1_stackOverflowsAnywhere_noCallHangs(TestReporter reporter) {
        check(new Fuzzer(Place.SMALL_STACK, WeftRuntime::parallel, SEED, 3_000L * TIMES), reporter);
    }

    @Test
    void h2_heapIsFullNowAndThen_noCallHangs() throws Exception {
        var count = Integer.toString(60 * TIMES);
        var result = ChildJvm.run(
                FuzzMain.class,
                Map.of("SEED", Long.toString(SEED), "COUNT", count),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-Dweft.fuzz.fill=true",
                "-ea");
        assertThat(result.output()).contains(count + " programs fuzzed");
        assertThat(result.exitCode()).isZero();
    }

    /** Waves, chunks and spins of one or two: what comes beyond the first is met by few tasks. */
    @ParameterizedTest
    @CsvSource({"RUN, parallel", "RUN, loop", "THREAD, parallel", "SMALL_STACK, parallel"})
    void h6_smallSizes_harmNothing(String place, String runtime) throws Exception {
        var result = ChildJvm.run(
                FuzzMain.class,
                Map.of("PLACE", place, "RUNTIME", runtime, "COUNT", "1000"),
                "-Dweft.sizes.small=true",
                "-ea");
        assertThat(result.output()).contains("1000 programs fuzzed");
        assertThat(result.exitCode()).isZero();
    }

    // ---- what is broken is found

    @Test
    void canary_wakeUpIsLost_isFound() throws Exception {
        assertThat(ChildJvm.run(LostWakeUps.class, Map.of()).output()).contains("hangs");
    }

    @Test
    void canary_problemIsNotReported_isFound() {
        var fuzzer = new Fuzzer(Place.RUN, WeftRuntime::parallel, 0, 3_000) {
            @Override
            void reported(Ledger ledger, Problem problem) {}
        };
        fuzzer.lookForLosses();
        assertThat(Watched.run(fuzzer, HANG)).contains("lost:");
    }

    private static void check(Fuzzer fuzzer, TestReporter reporter) {
        assertThat(Watched.run(fuzzer, HANG)).isEmpty();
        reporter.publishEntry("operations", Long.toString(fuzzer.operations()));
    }
}
