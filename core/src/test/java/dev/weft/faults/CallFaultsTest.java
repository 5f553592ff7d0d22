package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Holdable;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each allocation of Weft's fails in turn in a short scenario, which leaves nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallFaultsTest {

    /** A scenario without a fault makes more. */
    private static final int AT_LEAST = 20;

    @Test
    void h2_holdWithoutMemory_holdsNothing() throws Exception {
        failEachIn(Holds.class);
    }

    @Test
    void h2_waitWithoutMemory_leavesNoWaiter() throws Exception {
        failEachIn(Waits.class);
    }

    @Test
    void h2_interruptedWaitForASignalWithoutMemory_holdsNothing() throws Exception {
        failEachIn(InterruptedWaits.class);
    }

    @Test
    void h2_runWithoutMemory_isNotLeftBeforeItsMain() throws Exception {
        failEachIn(Runs.class);
    }

    /** Several times: as two threads run, another allocation is the one that fails. */
    @RepeatedTest(3)
    void h2_closeWithoutMemory_returns() throws Exception {
        failEachIn(Closes.class);
    }

    private static void failEachIn(Class<? extends Runnable> type) throws Exception {
        var scenario = (Runnable)
                new FaultyClasses().loadClass(type.getName()).getConstructor().newInstance();
        var nothingLeft = scenario.toString();
        for (var i = 0; i < 5; i++) {
            scenario.run();
        }
        var fault = new OutOfMemoryError("the first");
        for (var number = 1; fault != null || number < AT_LEAST; number++) {
            Allocations.fail(number);
            try {
                scenario.run();
            } finally {
                fault = Allocations.stop();
            }
            assertThat(scenario)
                    .as("after allocation %d, %s", number, where(fault))
                    .hasToString(nothingLeft);
        }
    }

    @Test
    void h2_holdsOfEachKind_areTried() {
        assertThat(Holds.KINDS).containsExactlyInAnyOrder(Holdable.class.getPermittedSubclasses());
    }

    private static String where(Throwable fault) {
        return fault == null ? "" : Arrays.toString(fault.getStackTrace());
    }
}
