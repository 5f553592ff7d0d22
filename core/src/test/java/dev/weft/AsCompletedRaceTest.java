package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AC: ends that meet waits at the same moment. More rounds with {@code -Dweft.stress=N}. */
@Tag("races")
@Timeout(60)
class AsCompletedRaceTest {
    private static final int ROUNDS = 15_000 * Integer.getInteger("weft.stress", 1);

    @Test
    void ac1_noEndIsMissedThatComesAsTheWaitIsAnnounced() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 8 * ROUNDS; i++) {
                assertThat(asCompleted(() -> 1).iterator().next().await()).isOne();
            }
        });
    }

    @Test
    void close_noEndIsMissedThatComesAsTheCloserAnnouncesItself() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var ended = new AtomicInteger();
            for (var i = 0; i < ROUNDS / 5; i++) {
                var round = i;
                var completions = asCompleted(
                        () -> {
                            Tasks.linger(round, 1, 53);
                            return ended.incrementAndGet();
                        },
                        () -> ended.incrementAndGet());
                Tasks.linger(round, 2, 61);
                completions.close();
            }
        });
    }

    @Test
    void ac7_severalThatWaitAtOnceGetEachEndOnce() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var round = 0; round < ROUNDS / 15; round++) {
                var bodies = new ArrayList<Body<Integer, RuntimeException>>();
                for (var i = 0; i < 6; i++) {
                    var value = i;
                    var place = round;
                    bodies.add(() -> {
                        Tasks.linger(place, value, 40);
                        return value;
                    });
                }
                try (var completions = asCompleted(bodies)) {
                    var iterator = completions.iterator();
                    var waiters = new ArrayList<Task<Integer>>();
                    for (var i = 0; i < 6; i++) {
                        waiters.add(createTask(iterator.next()::await));
                    }
                    var seen = new ArrayList<Integer>();
                    for (var waiter : waiters) {
                        seen.add(Soon.result(waiter));
                    }
                    assertThat(seen).containsExactlyInAnyOrderElementsOf(List.of(0, 1, 2, 3, 4, 5));
                }
            }
        });
    }

    @Test
    void ac6_waiterThatLeavesAsItIsGivenOneLosesNone() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < ROUNDS / 15; i++) {
                var round = i;
                try (var completions = asCompleted(() -> {
                    Tasks.linger(round, 1, 200);
                    return 1;
                })) {
                    var completion = completions.iterator().next();
                    var leaver = createTask(completion::await);
                    Tasks.linger(round, 5, 150);
                    leaver.cancel();
                    Tasks.join(leaver);
                    assertThat(Soon.of(() -> completion.await())).isOne();
                }
            }
        });
    }
}
