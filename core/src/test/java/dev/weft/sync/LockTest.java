package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AnyThread;
import dev.weft.CancelledException;
import dev.weft.OnAnyThread;
import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LockTest {

    private final Lock lock = new Lock();
    private final List<Object> order = new CopyOnWriteArrayList<>();

    private int waiting() {
        return lock.snapshot().waiting();
    }

    @OnEveryRuntime
    void l1_eachReleaseAdmitsTheLongestWaiting(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            var inside = new Semaphore(0);
            var mayLeave = new Semaphore(0);
            var tasks = Arrivals.of(4, this::waiting, i -> () -> {
                lock.acquire();
                order.add(i);
                inside.release();
                mayLeave.acquire();
                lock.release();
            });
            lock.release();
            for (var left = 3; left >= 0; left--) {
                inside.acquire();
                assertThat(waiting()).isEqualTo(left);
                assertThat(inside.tryAcquire()).isFalse();
                mayLeave.release();
            }
            Arrivals.join(tasks);
            assertThat(order).containsExactly(0, 1, 2, 3);
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @OnEveryRuntime
    void l1_whoComesLaterDoesNotOvertake(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            var tasks = Arrivals.of(3, this::waiting, i -> () -> lock.with(() -> order.add(i)));
            lock.release();
            lock.with(() -> order.add("newcomer"));
            Arrivals.join(tasks);
            assertThat(order).containsExactly(0, 1, 2, "newcomer");
        });
    }

    @OnEveryRuntime
    void l2_cancelledWaiterIsNotRetained(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            var tasks = Arrivals.of(3, this::waiting, i -> lock::acquire);
            tasks.get(1).cancel();
            Tasks.join(tasks.get(1));
            assertThat(tasks.get(1).isCancelled()).isTrue();
            assertThat(lock.snapshot().waiters()).containsExactly("waiter-0", "waiter-2");
            tasks.forEach(Task::cancel);
            Arrivals.join(tasks);
            assertThat(waiting()).isZero();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @OnEveryRuntime
    void l2_waitThatTimesOutIsNotRetained(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var holder = createTask(() -> lock.with(() -> sleep(Duration.ofDays(1))));
            Tasks.awaitTrue(lock::isLocked);
            assertThatThrownBy(() -> timeout(ofMillis(1), lock::acquire)).isInstanceOf(TimeoutException.class);
            assertThat(waiting()).isZero();
            holder.cancel();
            lock.with(() -> order.add("mine"));
            assertThat(order).containsExactly("mine");
        });
    }

    @OnEveryRuntime
    void l3_cancelRacesRelease_theNextOneGetsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 200; round++) {
                lock.acquire();
                var tasks = Arrivals.of(2, this::waiting, i -> () -> lock.with(() -> {}));
                var cancelFirst = round % 2 == 0;
                if (cancelFirst) {
                    tasks.getFirst().cancel();
                }
                lock.release();
                tasks.getFirst().cancel();
                tasks.get(1).await();
                Tasks.join(tasks.getFirst());
                if (cancelFirst || runtime == TestRuntime.EVENT_LOOP) {
                    assertThat(tasks.getFirst().isCancelled()).isTrue();
                }
                assertThat(lock.isLocked()).isFalse();
            }
        });
    }

    @OnEveryRuntime
    void l3_lastWaiterIsCancelledWhileTheLockIsOnItsWay_lockIsFree(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            var task = Arrivals.of(1, this::waiting, i -> () -> lock.with(() -> {}))
                    .getFirst();
            lock.release();
            task.cancel();
            Tasks.join(task);
            assertThat(lock.isLocked()).isFalse();
            assertThat(lock.tryAcquire()).isTrue();
            lock.release();
        });
    }

    @OnEveryRuntime
    void l4_releaseOfWhatIsNotHeldIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(lock::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not held");
            lock.acquire();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
            assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
            assertThat(lock.tryAcquire()).isTrue();
        });
    }

    @OnEveryRuntime
    void l4_releaseByAnotherIsRefusedAndNamesTheHolder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            var other = createTask(
                    "other",
                    () -> assertThatThrownBy(lock::release)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("'other'")
                            .hasMessageContaining("held by"));
            other.await();
            assertThat(lock.isHeldByCaller()).isTrue();
        });
    }

    @OnEveryRuntime
    void l1_acquireByTheHolderIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            assertThatThrownBy(lock::acquire)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("reentrant");
            assertThat(lock.tryAcquire()).isFalse();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @OnEveryRuntime
    void l5_scopedUseReleasesHoweverTheBlockEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var held : List.of(lock, new Condition(lock), new Semaphore(1), new BoundedSemaphore(1))) {
                assertThat(held.with(() -> "value")).isEqualTo("value");
                assertThatThrownBy(() -> held.with(() -> {
                            throw new IOException("broken");
                        }))
                        .isInstanceOf(IOException.class)
                        .hasMessage("broken");
                try (var _ = held.hold()) {
                    assertThat(isLocked(held)).isTrue();
                }
                assertThat(isLocked(held)).isFalse();
            }
        });
    }

    private static boolean isLocked(Holdable held) {
        return switch (held) {
            case Lock lock -> lock.isLocked();
            case Condition condition -> condition.lock().isLocked();
            case Semaphore semaphore -> semaphore.isLocked();
            default -> throw new AssertionError(held);
        };
    }

    @OnEveryRuntime
    void l5_blockIsCancelled_isReleased(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> lock.with(() -> sleep(Duration.ofDays(1)))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @OnEveryRuntime
    void l2_acquireOfAFreeLockIsACancellationPointToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = currentTask().orElseThrow();
            task.cancel("why");
            assertThatThrownBy(lock::acquire)
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("why");
            task.uncancel();
            assertThat(lock.isLocked()).isFalse();
            lock.acquire();
        });
    }

    @OnAnyThread
    void j1_locksWorkOnEveryThread_andBetweenThem(AnyThread kind) throws Exception {
        lock.acquire();
        var other = Tasks.onForeignThread(() -> {
            kind.run(() -> lock.with(() -> order.add("there")));
            return null;
        });
        Tasks.awaitTrue(() -> waiting() == 1);
        order.add("here");
        lock.release();
        other.get();
        assertThat(order).containsExactly("here", "there");
    }

    @OnAnyThread
    void j2_interruptEndsTheWait(AnyThread kind) throws Exception {
        lock.acquire();
        kind.run(() -> {
            var me = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                while (waiting() == 0) {
                    Thread.yield();
                }
                me.interrupt();
            });
            assertThatThrownBy(lock::acquire).isInstanceOf(InterruptedException.class);
            assertThat(me.isInterrupted()).isFalse();
            assertThat(waiting()).isZero();
        });
        lock.release();
    }

    @OnEveryRuntime
    void lr1_lockTellsStateHolderAndWaiters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(lock).hasToString("Lock[unlocked, waiting=0]");
            lock.acquire();
            var me = currentTask().orElseThrow().name();
            var tasks = Arrivals.of(2, this::waiting, i -> lock::acquire);
            assertThat(lock).hasToString("Lock[locked by " + me + ", waiting=2]");
            assertThat(lock.snapshot()).isEqualTo(new Lock.Snapshot(true, me, 2, List.of("waiter-0", "waiter-1")));
            tasks.forEach(Task::cancel);
        });
    }

    @OnEveryRuntime
    void lr1_snapshotNamesNoMoreThanAHundred(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            lock.acquire();
            for (var i = 0; i < 150; i++) {
                createTask(lock::acquire);
            }
            Tasks.awaitTrue(() -> waiting() == 150);
            assertThat(lock.snapshot().waiters()).hasSize(100);
        });
    }

    /** A permit without a holder, and a holder without a permit: between two steps of an acquire or a release. */
    @Test
    void lr1_betweenTwoSteps_textAndSnapshotDoNotContradictThemselves() {
        assertThat(lock.permits.tryTake(1)).isTrue();
        assertThat(lock).hasToString("Lock[locked, waiting=0]");
        assertThat(lock.snapshot()).isEqualTo(new Lock.Snapshot(true, null, 0, List.of()));
        lock.permits.give(1);
        lock.holder(Thread.currentThread());
        assertThat(lock).hasToString("Lock[unlocked, waiting=0]");
        assertThat(lock.snapshot()).isEqualTo(new Lock.Snapshot(false, null, 0, List.of()));
    }
}
