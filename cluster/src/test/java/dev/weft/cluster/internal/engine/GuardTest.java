package dev.weft.cluster.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.atomic.AtomicInteger;

/** Actions that are noted under the lock, in any order of threads. */
class GuardTest {

    private final Guard guard = new Guard();
    private final AtomicInteger done = new AtomicInteger();

    /** One thread notes something, just when another has left the lock without having noted anything. */
    @SimulationTest(deep = true, seeds = 200)
    void whatIsNoted_isDoneOnce() throws InterruptedException {
        var notes = Thread.ofVirtual().start(() -> guard.with(() -> guard.later(done::incrementAndGet)));
        guard.with(() -> {});
        notes.join();
        assertThat(done).hasValue(1);
    }
}
