package dev.weft.cluster.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

    /** Others wait for what is noted. */
    @Test
    void whatIsNoted_isDone_whateverFails() {
        assertThatThrownBy(() -> guard.with(() -> {
                    guard.later(() -> {
                        throw new OutOfMemoryError("on purpose");
                    });
                    guard.later(done::incrementAndGet);
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(done).hasValue(1);
        assertThatThrownBy(() -> guard.with(() -> {
                    guard.later(done::incrementAndGet);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(done).hasValue(2);
        guard.with(() -> {});
        assertThat(done).hasValue(2);
    }
}
