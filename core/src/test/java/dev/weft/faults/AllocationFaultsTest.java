package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ChildJvm;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each allocation of Weft's fails in turn, in a program with one of every construct: nothing hangs, nothing is left,
 * and what comes afterwards works. {@code -Dweft.faults.step=1} takes each of them, and not every 83rd.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllocationFaultsTest {

    private static final String STEP = Integer.toString(Integer.getInteger("weft.faults.step", 83));

    @ParameterizedTest
    @CsvSource({"parallel, 1, false", "loop, 1, false", "parallel, 4, true", "loop, 4, true"})
    void h2_allocationThatFails_hangsNothing(String runtime, String inARow, String small) throws Exception {
        var result = run(runtime, "-Dweft.faults.width=" + inARow, "-Dweft.sizes.small=" + small);
        assertThat(result.output()).containsPattern("\\d{2,} allocations failed");
        assertThat(result.exitCode()).isZero();
    }

    /** Each of them, as one that is missed leaves its caller waiting for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"parallel given", "loop given"})
    void h2_allocationThatFailsInACallThatIsGivenTasks_hangsNothing(String runtime) throws Exception {
        var result = ChildJvm.run(AllocationFaults.class, Map.of("RUNTIME", runtime, "STEP", "1"));
        assertThat(result.output()).containsPattern("\\d{2,} allocations failed");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void canary_whatDoesNotWaitForMemory_isFound() throws Exception {
        var result = run("parallel", "-Dweft.faults.canary=true", "-Dweft.faults.hang.millis=2000");
        assertThat(result.output()).contains("hangs with allocation");
        assertThat(result.exitCode()).isOne();
    }

    private static ChildJvm.Result run(String runtime, String... options) throws Exception {
        return ChildJvm.run(AllocationFaults.class, Map.of("RUNTIME", runtime, "STEP", STEP), options);
    }
}
