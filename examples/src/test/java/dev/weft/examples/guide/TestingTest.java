package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.VoidBody;
import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.junit.LeakCheck;
import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TestingTest extends Page {

    // snippet clock
    @SimulationTest
    void slowServer_isGivenUpAfterAMinute() {
        assertThatThrownBy(() -> timeout(ofMinutes(1), () -> sleep(ofHours(1)))).isInstanceOf(TimeoutException.class);
    }
    // end

    // snippet orders
    @SimulationTest(seeds = 1000)
    void counter_countsBoth() throws Exception {
        var counter = new Counter();
        gather(counter::increment, counter::increment);
        assertThat(counter.value).isEqualTo(2);
    }
    // end

    static class Counter {
        private final dev.weft.sync.Lock lock = new dev.weft.sync.Lock();
        private int value;

        void increment() throws InterruptedException {
            try (var _ = lock.hold()) {
                var read = value;
                sleep(ofMillis(1));
                value = read + 1;
            }
        }
    }

    @Test
    void withoutALock_aScheduleFails() {
        // snippet found
        assertThatThrownBy(() -> Simulation.create().explore(1000, () -> {
                    var value = new int[1];
                    VoidBody<InterruptedException> increment = () -> {
                        var read = value[0];
                        sleep(ofMillis(1));
                        value[0] = read + 1;
                    };
                    gather(increment, increment);
                    assertThat(value[0]).isEqualTo(2);
                }))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("@Seed(");
        // end
    }

    // snippet wrongSleep
    @Test
    void cache_isFilled() throws Exception {
        run(() -> {
            var cache = createTask(() -> fetch("entry", 5));
            Thread.sleep(50); // hopes that 50 ms are enough on every machine
            println(cache.state());
        });
    }
    // end

    // snippet rightAwait
    @SimulationTest
    void cache_isFilledAfter5Millis() throws Exception {
        var cache = createTask(() -> fetch("entry", 5));
        sleep(ofMillis(6)); // virtual time: exact on every machine
        assertThat(cache.result()).isEqualTo("entry");
    }
    // end

    // snippet leakCheck
    @Test
    @LeakCheck
    void plainTest_onAllCores() throws Exception {
        gather(() -> fetch("a", 1), () -> fetch("b", 2));
    }
    // end
}
