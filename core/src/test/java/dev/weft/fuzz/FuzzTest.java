package dev.weft.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OnEveryRuntime;
import dev.weft.Problem;
import dev.weft.TestRuntime;
import dev.weft.WeftRuntime;
import dev.weft.fuzz.Fuzzer.Place;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random programs of every construct, with hostile objects of users' and random cancels. A failure names the seed:
 * {@code -Dweft.fuzz.seed=SEED} runs from that one on, {@code -Dweft.fuzz=N} N times as many.
 */
@Tag("races")
class FuzzTest {

    static final long SEED = Long.getLong("weft.fuzz.seed", 0);
    static final int TIMES = Integer.getInteger("weft.fuzz", 1);

    /** A program takes about a millisecond: this is a hang, on any machine. */
    private static final Duration HANG = Duration.ofSeconds(40);

    @OnEveryRuntime
    void h6_hostileObjectsInARun_harmTheirOwnCallAlone(TestRuntime runtime, TestReporter reporter) {
        check(new Fuzzer(Place.RUN, runtime::open, SEED, 1_000L * TIMES), reporter);
    }

    @Test
    void h6_hostileObjectsOutsideOfARun_harmTheirOwnCallAlone(TestReporter reporter) {
        check(new Fuzzer(Place.THREAD, WeftRuntime::parallel, SEED, 2_500L * TIMES), reporter);
    }

    @Test
    void h1_stackOverflowsAnywhere_noCallHangs(TestReporter reporter) {
        check(new Fuzzer(Place.SMALL_STACK, WeftRuntime::parallel, SEED, 1_500L * TIMES), reporter);
    }

    // ---- what is broken is found

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
