package dev.weft.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ChildJvm;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The random programs of {@link FuzzTest} in processes of their own: with a full heap, small sizes, lost wake-ups. */
@Tag("races")
class FuzzProcessesTest {

    private static final String SMALL_SIZES = Integer.toString(400 * FuzzTest.TIMES);

    @Test
    void h2_heapIsFullNowAndThen_noCallHangs() throws Exception {
        var count = Integer.toString(40 * FuzzTest.TIMES);
        var result = ChildJvm.run(
                FuzzMain.class,
                Map.of("SEED", Long.toString(FuzzTest.SEED), "COUNT", count),
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
                Map.of("PLACE", place, "RUNTIME", runtime, "COUNT", SMALL_SIZES),
                "-Dweft.sizes.small=true",
                "-ea");
        assertThat(result.output()).contains(SMALL_SIZES + " programs fuzzed");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void canary_wakeUpIsLost_isFound() throws Exception {
        assertThat(ChildJvm.run(LostWakeUps.class, Map.of()).output()).contains("hangs");
    }
}
