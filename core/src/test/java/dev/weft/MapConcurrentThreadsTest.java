package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** J9: items that share a thread notice nothing of each other, and keep nobody waiting. */
class MapConcurrentThreadsTest {

    private static final TaskLocal<String> LOCAL = TaskLocal.withInitial("local", () -> "fresh");

    private static final List<Integer> MANY = IntStream.range(0, 300).boxed().toList();

    @OnEveryRuntime
    void j9_itemFindsNothingThatAnotherHasLeft(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = new CopyOnWriteArrayList<Task<?>>();
            forEachConcurrent(MANY, 7, item -> {
                var self = Tasks.self();
                tasks.add(self);
                assertThat(LOCAL.get()).isEqualTo("fresh");
                assertThat(Thread.currentThread().getName()).as("J19").isEqualTo(self.name());
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(self.cancelling()).isZero();
                LOCAL.set("left by " + item);
                if (item % 3 == 0) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(tasks).hasSize(300).doesNotHaveDuplicates();
            assertThat(tasks).allMatch(Task::isDone);
        });
    }

    @OnEveryRuntime
    void j9_requestThatAnItemIgnoresIsNoLaterItems(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var results = mapConcurrent(MANY, 5, item -> {
                Tasks.self().cancel("itself");
                assertThatThrownBy(() -> sleep(Duration.ZERO)).isInstanceOf(CancelledException.class);
                sleep(Duration.ZERO);
                return item;
            });
            assertThat(results).isEqualTo(MANY);
        });
    }

    @OnEveryRuntime
    void j9_itemsThatWaitForLaterOnes_endHoweverFewThreadsThereAre(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(2, 3, 16, 33)) {
                var gates =
                        Stream.generate(Gate::new).limit(MANY.size() + limit).toList();
                gates.subList(MANY.size(), MANY.size() + limit).forEach(Gate::open);
                var results = Soon.of(() -> mapConcurrent(MANY, limit, item -> {
                    if (item % limit < limit - 1) {
                        gates.get(item + 1).await();
                    }
                    gates.get(item).open();
                    return item;
                }));
                assertThat(results).isEqualTo(MANY);
            }
        });
    }

    @Test
    void j9_requestReachesTheCallWhileItDrawsVeryManyItems() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var main = Tasks.self();
            var drawn = new AtomicInteger();
            Iterable<Integer> endless = () -> Stream.generate(() -> {
                        if (drawn.incrementAndGet() == 1_000) {
                            main.cancel("enough");
                        }
                        return drawn.get();
                    })
                    .iterator();
            assertThatThrownBy(() -> forEachConcurrent(endless, Integer.MAX_VALUE, item -> sleep(FOREVER)))
                    .isInstanceOf(CancelledException.class);
            assertThat(drawn.get()).isBetween(1_000, 2_000);
            main.uncancel();
        });
    }

    @OnEveryRuntime
    void j9_anyMixOfItems_obeysTheLimitAndKeepsTheOrder(TestRuntime runtime) throws Exception {
        var rounds = TestRuntime.areOthers() ? 20 : 200;
        runtime.run(() -> {
            for (var seed = 0; seed < rounds; seed++) {
                var random = new Random(seed);
                var limit = 1 + random.nextInt(20);
                var items = random.ints(random.nextInt(150), 0, 100).boxed().toList();
                var running = new AtomicInteger();
                var most = new AtomicInteger();
                var results = Soon.of(() -> mapConcurrent(items, limit, item -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    for (var i = item; i > 90; i--) {
                        sleep(Duration.ofNanos(1_000L * i));
                    }
                    running.decrementAndGet();
                    return item;
                }));
                assertThat(results).as("seed %s", seed).isEqualTo(items);
                assertThat(most.get()).as("seed %s", seed).isLessThanOrEqualTo(limit);
            }
        });
    }

    @Test
    void j9_itemsAreDrawnByTheCallersThread() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var drawers = new ArrayList<Thread>();
            Iterable<Integer> items = () -> MANY.stream()
                    .peek(item -> drawers.add(Thread.currentThread()))
                    .iterator();
            forEachConcurrent(items, 10, item -> {});
            assertThat(drawers).containsOnly(Thread.currentThread());
        });
    }
}
