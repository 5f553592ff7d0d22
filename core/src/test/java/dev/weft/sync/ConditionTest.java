package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledException;
import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

class ConditionTest {

    private final Condition condition = new Condition();
    private final Lock lock = condition.lock();
    private final List<Integer> order = new CopyOnWriteArrayList<>();

    private int waiting() {
        return condition.snapshot().waiting();
    }

    /** Waits for one signal, and says so with the lock held. */
    private void waitOnce(int number) throws InterruptedException {
        condition.with(() -> {
            condition.await();
            assertThat(lock.isHeldByCaller()).isTrue();
            order.add(number);
        });
    }

    @OnEveryRuntime
    void co1_signalsWakeInOrder_andOnlyWithTheLock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = Arrivals.of(5, this::waiting, i -> () -> waitOnce(i));
            assertThat(lock.isLocked()).isFalse();
            condition.with(() -> {
                condition.signal(2);
                assertThat(waiting()).isEqualTo(3);
                assertThat(lock.snapshot().waiters()).containsExactly("waiter-0", "waiter-1");
                assertThat(Tasks.staysPending(tasks.getFirst())).isTrue();
            });
            Tasks.join(tasks.get(0), tasks.get(1));
            assertThat(order).containsExactly(0, 1);
            condition.with(() -> condition.signal());
            Tasks.join(tasks.get(2));
            condition.with(condition::signalAll);
            Arrivals.join(tasks);
            assertThat(order).containsExactly(0, 1, 2, 3, 4);
            condition.with(condition::signalAll);
        });
    }

    @OnEveryRuntime
    void co2_withoutTheLockAllIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(condition::await).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalStateException.class);
            lock.acquire();
            createTask(() -> assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class))
                    .await();
            assertThatThrownBy(() -> condition.signal(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(waiting()).isZero();
        });
    }

    @OnEveryRuntime
    void co3_cancelledWaiterHoldsTheLockAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var held = new AtomicReference<Boolean>();
            var task = Arrivals.of(1, this::waiting, i -> () -> {
                        lock.acquire();
                        try {
                            condition.await();
                        } finally {
                            held.set(lock.isHeldByCaller());
                            lock.release();
                        }
                    })
                    .getFirst();
            task.cancel();
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(held).hasValue(true);
            assertThat(waiting()).isZero();
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @OnEveryRuntime
    void co3_timedOutWaiterHoldsTheLockAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> condition.with(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(1), condition::await)).isInstanceOf(TimeoutException.class);
            assertThat(lock.isHeldByCaller()).isTrue();
        }));
    }

    @OnEveryRuntime
    void co4_cancelledWhileTheLockIsHeldByAnother_waitsForItFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var signalFirst : List.of(true, false)) {
                var thrown = new AtomicReference<@Nullable Throwable>();
                var task = Arrivals.of(
                                1,
                                this::waiting,
                                i -> () -> condition.with(() -> {
                                    try {
                                        condition.await();
                                    } catch (InterruptedException e) {
                                        thrown.set(e);
                                        assertThat(lock.isHeldByCaller()).isTrue();
                                    }
                                }))
                        .getFirst();
                lock.acquire();
                if (signalFirst) {
                    condition.signal();
                }
                task.cancel("while it waits for the lock");
                assertThat(Tasks.staysPending(task)).isTrue();
                task.cancel("once more");
                assertThat(Tasks.staysPending(task)).isTrue();
                assertThat(thrown).hasValue(null);
                lock.release();
                Tasks.join(task);
                assertThat(thrown.get()).isInstanceOf(CancelledException.class);
                assertThat(lock.isLocked()).isFalse();
            }
        });
    }

    @OnEveryRuntime
    void co5_theVeryCancellationThatCameIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var reason = new Object();
            var thrown = new AtomicReference<CancelledException>();
            var task = Arrivals.of(
                            1,
                            this::waiting,
                            i -> () -> condition.with(() -> {
                                try {
                                    condition.await();
                                } catch (CancelledException e) {
                                    thrown.set(e);
                                    throw e;
                                }
                            }))
                    .getFirst();
            lock.acquire();
            task.cancel(reason);
            assertThat(Tasks.staysPending(task)).isTrue();
            lock.release();
            Tasks.join(task);
            assertThat(thrown.get().cancellation().reason()).isSameAs(reason);
        });
    }

    @OnEveryRuntime
    void co6_signalOfACancelledWaiterGoesToTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 100; round++) {
                var done = new AtomicInteger();
                var tasks = Arrivals.of(
                        2,
                        this::waiting,
                        i -> () -> condition.with(() -> {
                            condition.await();
                            done.incrementAndGet();
                        }));
                lock.acquire();
                condition.signal();
                tasks.getFirst().cancel();
                lock.release();
                tasks.get(1).await();
                Tasks.join(tasks.getFirst());
                assertThat(tasks.getFirst().isCancelled()).isTrue();
                assertThat(done).hasValue(1);
                assertThat(lock.isLocked()).isFalse();
            }
        });
    }

    @OnEveryRuntime
    void co6_cancelRacesWakeUp_oneSignalLetsOneGoOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 200; round++) {
                var done = new AtomicInteger();
                var tasks = Arrivals.of(
                        2,
                        this::waiting,
                        i -> () -> condition.with(() -> {
                            condition.await();
                            done.incrementAndGet();
                        }));
                condition.with(() -> condition.signal());
                tasks.getFirst().cancel();
                Tasks.awaitTrue(() -> done.get() == 1);
                Tasks.join(tasks.getFirst());
                assertThat(waiting()).isEqualTo(tasks.getFirst().isCancelled() ? 0 : 1);
                condition.with(condition::signalAll);
                Tasks.join(tasks.get(1));
            }
        });
    }

    @OnEveryRuntime
    void co6_cancelledUnsignalledWaiterWakesNobody(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = Arrivals.of(2, this::waiting, i -> () -> waitOnce(i));
            tasks.getFirst().cancel();
            Tasks.join(tasks.getFirst());
            assertThat(Tasks.staysPending(tasks.get(1))).isTrue();
            assertThat(waiting()).isOne();
        });
    }

    @OnEveryRuntime
    void co7_awaitValueTestsAgainAfterEachSignal_andReturnsWhatItFound(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var stock = new AtomicInteger();
            var tests = new AtomicInteger();
            var task = createTask(() -> condition.with(() -> condition.<String>awaitValue(() -> {
                tests.incrementAndGet();
                return stock.get() < 2 ? null : "stock " + stock.get();
            })));
            for (var i = 1; i <= 2; i++) {
                Tasks.awaitTrue(() -> waiting() == 1);
                assertThat(tests).hasValue(i);
                condition.with(() -> {
                    stock.incrementAndGet();
                    condition.signal();
                });
            }
            assertThat(task.await()).isEqualTo("stock 2");
            assertThat(tests).hasValue(3);
        });
    }

    @OnEveryRuntime
    void co7_whatHoldsAlreadyNeedsNoLock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            condition.awaitUntil(() -> true);
            assertThat(condition.<String>awaitValue(() -> "there")).isEqualTo("there");
            assertThatThrownBy(() -> condition.awaitUntil(() -> false)).isInstanceOf(IllegalStateException.class);
        });
    }

    @OnEveryRuntime
    void co8_conditionsShareALock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var other = lock.newCondition();
            assertThat(other.lock()).isSameAs(lock);
            var tasks = Arrivals.of(1, this::waiting, i -> () -> waitOnce(i));
            lock.with(() -> {
                other.signalAll();
                assertThat(waiting()).isOne();
                condition.signal();
            });
            tasks.getFirst().await();
            assertThat(order).containsExactly(0);
        });
    }

    @OnEveryRuntime
    void lr1_conditionTellsStateAndWaiters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = Arrivals.of(2, this::waiting, i -> () -> waitOnce(i));
            assertThat(condition).hasToString("Condition[Lock[unlocked, waiting=0], waiting=2]");
            assertThat(condition.snapshot().waiters()).containsExactly("waiter-0", "waiter-1");
            tasks.forEach(Task::cancel);
        });
    }
}
