package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Holdable;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each allocation of Weft's fails in turn while something is being held. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldFaultsTest {

    private static final int AT_LEAST = 40;

    @Test
    void h2_holdWithoutMemory_holdsNothing() throws Exception {
        var holds = (Runnable) new FaultyClasses()
                .loadClass(Holds.class.getName())
                .getConstructor()
                .newInstance();
        var nothingHeld = holds.toString();
        for (var i = 0; i < 5; i++) {
            holds.run();
        }
        var fault = new OutOfMemoryError("the first");
        for (var number = 1; fault != null || number < AT_LEAST; number++) {
            Allocations.fail(number);
            try {
                holds.run();
            } finally {
                fault = Allocations.stop();
            }
            assertThat(holds)
                    .as("after allocation %d, %s", number, where(fault))
                    .hasToString(nothingHeld);
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
