package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.propagate;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** {@code gather} and its like of more bodies than are started at once. */
class GatherManyTest {

    private static final int SIZE = 3_000;

    private static <T, X extends Exception> List<Body<T, ? extends X>> bodies(IntFunction<Body<T, ? extends X>> body) {
        var bodies = new ArrayList<Body<T, ? extends X>>();
        for (var i = 0; i < SIZE; i++) {
            bodies.add(body.apply(i));
        }
        return bodies;
    }

    /** @param open how many are in here */
    private static int sleepForever(AtomicInteger open) throws InterruptedException {
        open.incrementAndGet();
        try {
            sleep(FOREVER);
            return 0;
        } finally {
            open.decrementAndGet();
        }
    }

    @OnEveryRuntime
    void g1_resultsMayBeAnythingAndAreInArgumentOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = createTask(() -> "ended");
            ended.await();
            var selves = new Object[SIZE];
            var results = gather(GatherManyTest.<Object, Exception>bodies(number -> () -> switch (number % 4) {
                case 0 -> null;
                case 1 -> ended;
                case 2 -> selves[number] = self();
                default -> number;
            }));
            assertThat(results).hasSize(SIZE).isUnmodifiable();
            for (var i = 0; i < SIZE; i++) {
                assertThat(results.get(i))
                        .isEqualTo(
                                switch (i % 4) {
                                    case 0 -> null;
                                    case 1 -> ended;
                                    case 2 -> selves[i];
                                    default -> i;
                                });
            }
        });
    }

    @OnEveryRuntime
    void g1_arrayThatWasGivenIsOnlyRead(TestRuntime runtime) throws Exception {
        Body<Integer, RuntimeException> one = () -> 1;
        Body<Integer, RuntimeException> two = () -> 2;
        @SuppressWarnings("unchecked")
        Body<Integer, RuntimeException>[] bodies = new Body[] {one, two};
        runtime.run(() -> {
            assertThat(gather(bodies)).containsExactly(1, 2);
            assertThat(settle(bodies)).hasSize(2);
            assertThat(race(bodies)).isIn(1, 2);
        });
        assertThat(bodies).containsExactly(one, two);
    }

    @OnEveryRuntime
    void g2_firstFailureIsThrownWhenTheOthersHaveEnded(TestRuntime runtime) throws Exception {
        var failure = new IOException("number 2,000");
        var open = new AtomicInteger();
        runtime.run(() -> {
            assertThatThrownBy(() -> gather(GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                        if (number == 2_000) {
                            throw failure;
                        }
                        if (number % 2 == 0) {
                            return number;
                        }
                        return sleepForever(open);
                    })))
                    .isSameAs(failure);
            assertThat(open).hasValue(0);
        });
    }

    @OnEveryRuntime
    void g3_eachOutcomeIsAtItsPlace(TestRuntime runtime) throws Exception {
        var failure = new IOException("every third");
        runtime.run(() -> {
            var outcomes = settle(GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                if (number % 3 == 0) {
                    throw failure;
                }
                return number % 3 == 1 ? number : null;
            }));
            assertThat(outcomes).hasSize(SIZE);
            for (var i = 0; i < SIZE; i++) {
                assertThat(outcomes.get(i))
                        .isEqualTo(
                                i % 3 == 0
                                        ? new Outcome.Failure<>(failure)
                                        : new Outcome.Success<>(i % 3 == 1 ? i : null));
            }
        });
    }

    @OnEveryRuntime
    void g7_givenTasksFillTheirPlacesAmongBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var given = createTask(() -> {
                mayEnd.await();
                return -1;
            });
            var ended = createTask(() -> -2);
            ended.await();
            var results = gather(GatherManyTest.<Integer, Exception>bodies(number -> switch (number % 100) {
                case 0 -> given;
                case 1 -> ended;
                default ->
                    () -> {
                        if (number == SIZE - 1) {
                            mayEnd.open();
                        }
                        return number;
                    };
            }));
            for (var i = 0; i < SIZE; i++) {
                assertThat(results.get(i)).isEqualTo(i % 100 == 0 ? -1 : i % 100 == 1 ? -2 : i);
            }
        });
    }

    @OnEveryRuntime
    void j10_firstSuccessWinsAmongMany(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var open = new AtomicInteger();
            var result = race(GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                if (number == 2_700) {
                    return number;
                }
                return sleepForever(open);
            }));
            assertThat(result).isEqualTo(2_700);
            assertThat(open).hasValue(0);
        });
    }

    @OnEveryRuntime
    void g2_failureOfTheFirstCancelsAlsoWhatWasGivenLast(TestRuntime runtime) throws Exception {
        var failure = new IOException("number 0");
        runtime.run(() -> {
            var given = createTask(() -> {
                sleep(FOREVER);
                return 0;
            });
            var bodies = GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                if (number == 0) {
                    throw failure;
                }
                return number;
            });
            bodies.add(given);
            assertThatThrownBy(() -> gather(bodies)).isSameAs(failure);
            assertThat(given.isCancelled()).isTrue();
        });
    }

    /** Where tasks take turns, no other comes to ask while they are started. */
    @Test
    void g8_cancelIsDeliveredBeforeAllHaveBeenStarted() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var created = new AtomicInteger();
            var open = new AtomicInteger();
            var gathering = createTask(() -> {
                var self = self();
                ContextPropagator cancelsWhileTheyAreStarted = () -> {
                    if (created.incrementAndGet() == 1_200) {
                        self.cancel("enough");
                    }
                    return () -> () -> {};
                };
                return propagate(
                        cancelsWhileTheyAreStarted,
                        () -> gather(GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                            return sleepForever(open);
                        })));
            });
            assertThatThrownBy(gathering::await).hasMessageContaining("enough");
            assertThat(created.get()).isBetween(1_200, SIZE - 1);
            assertThat(open).hasValue(0);
        });
    }

    /** As the only core that is left has to run both those that were started and who starts them. */
    @Test
    void g1_thoseStartedFirstHaveTheirTurnBeforeTheLastAreStarted() throws Exception {
        var others = Runtime.getRuntime().availableProcessors() - 1;
        TestRuntime.PARALLEL.run(() -> {
            var gathered = new AtomicBoolean();
            var spinning = new CountDownLatch(others);
            for (var i = 0; i < others; i++) {
                createTask(() -> {
                    spinning.countDown();
                    while (!gathered.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            spinning.await();
            var created = new AtomicInteger();
            var createdWhenTheFirstBegan = new AtomicInteger();
            ContextPropagator counts = () -> {
                created.incrementAndGet();
                return () -> () -> {};
            };
            try {
                propagate(
                        counts,
                        () -> gather(GatherManyTest.<Integer, RuntimeException>bodies(number -> () -> {
                            if (number == 0) {
                                createdWhenTheFirstBegan.set(created.get());
                            }
                            return number;
                        })));
            } finally {
                gathered.set(true);
            }
            assertThat(createdWhenTheFirstBegan.get()).isBetween(1, SIZE - 1);
        });
    }

    /** Where tasks take turns, the first of them begins when all have been made. */
    @Test
    void g1_taskThatHasEndedIsForgottenWhileOthersRun() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var collected = new ReferenceQueue<Task<?>>();
            var tasks = new ConcurrentLinkedQueue<WeakReference<Task<?>>>();
            var results = gather(GatherManyTest.<Integer, Exception>bodies(number -> () -> {
                if (number == SIZE - 1) {
                    awaitOne(collected);
                } else {
                    tasks.add(new WeakReference<>(self(), collected));
                }
                return number;
            }));
            assertThat(results.getFirst()).isZero();
            assertThat(results.getLast()).isEqualTo(SIZE - 1);
        });
    }

    private static void awaitOne(ReferenceQueue<Task<?>> collected) throws InterruptedException {
        for (var attempt = 0; attempt < 20; attempt++) {
            System.gc();
            if (collected.remove(100) != null) {
                return;
            }
        }
        fail("gather holds on to tasks that have ended");
    }
}
