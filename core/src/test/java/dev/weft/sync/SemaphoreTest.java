package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SemaphoreTest {

    private final List<Object> order = new CopyOnWriteArrayList<>();

    private static List<Task<?>> acquirers(Semaphore semaphore, int count) throws InterruptedException {
        return Arrivals.of(count, () -> semaphore.snapshot().waiting(), i -> semaphore::acquire);
    }

    @Test
    void se1_negativeIsRefused_zeroIsLocked() {
        assertThatThrownBy(() -> new Semaphore(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new BoundedSemaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Semaphore(0).isLocked()).isTrue();
        assertThat(new Semaphore(0).tryAcquire()).isFalse();
        assertThat(new Semaphore(1).isLocked()).isFalse();
    }

    @OnEveryRuntime
    void se2_asManyAsThereArePass_theNextOneWaitsForARelease(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var semaphore = new Semaphore(2);
            semaphore.acquire();
            semaphore.acquire();
            assertThat(semaphore.isLocked()).isTrue();
            var next = acquirers(semaphore, 1).getFirst();
            assertThat(Tasks.staysPending(next)).isTrue();
            semaphore.release();
            next.await();
            assertThat(semaphore.availablePermits()).isZero();
            semaphore.release();
            assertThat(semaphore.availablePermits()).isOne();
        });
    }

    @OnEveryRuntime
    void se3_cancelledWaitersLoseNoPermit(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 100; round++) {
                var semaphore = new Semaphore(0);
                var tasks = acquirers(semaphore, 4);
                tasks.get(0).cancel();
                semaphore.release();
                tasks.get(1).cancel();
                semaphore.release();
                tasks.get(2).cancel();
                tasks.get(3).cancel();
                Arrivals.join(tasks);
                var admitted =
                        tasks.stream().filter(task -> !task.isCancelled()).count();
                assertThat(semaphore.availablePermits()).isEqualTo((int) (2 - admitted));
                assertThat(semaphore.snapshot().waiting()).isZero();
                if (runtime == TestRuntime.EVENT_LOOP) {
                    assertThat(admitted).isZero();
                }
            }
        });
    }

    @OnEveryRuntime
    void se3_permitOnItsWayToACancelledOneAdmitsTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 100; round++) {
                var semaphore = new Semaphore(0);
                var tasks = acquirers(semaphore, 2);
                semaphore.release();
                tasks.get(0).cancel();
                Tasks.join(tasks.get(0));
                if (tasks.get(0).isCancelled()) {
                    tasks.get(1).await();
                } else {
                    assertThat(semaphore.snapshot().waiting()).isOne();
                    tasks.get(1).cancel();
                }
            }
        });
    }

    @OnEveryRuntime
    void se4_strictlyFirstComeFirstServed_reacquirerGoesToTheBack(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var semaphore = new Semaphore(1);
            semaphore.acquire();
            var tasks =
                    Arrivals.of(3, () -> semaphore.snapshot().waiting(), i -> () -> semaphore.with(() -> order.add(i)));
            semaphore.release();
            semaphore.with(() -> order.add("back"));
            Arrivals.join(tasks);
            assertThat(order).containsExactly(0, 1, 2, "back");
        });
    }

    /** There nothing runs between the release and the attempt. */
    @Test
    void se4_permitIsFreeOnlyForWhomItWasReleased() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = acquirers(semaphore, 1);
            semaphore.release();
            assertThat(semaphore.tryAcquire()).isFalse();
            assertThat(semaphore.isLocked()).isTrue();
            Arrivals.join(tasks);
        });
    }

    @OnEveryRuntime
    void se5_severalReleasesAdmitSeveralInOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var semaphore = new Semaphore(0);
            var tasks = Arrivals.of(4, () -> semaphore.snapshot().waiting(), i -> () -> {
                semaphore.acquire();
                order.add(i);
            });
            semaphore.release();
            semaphore.release();
            semaphore.release();
            Tasks.join(tasks.get(0), tasks.get(1), tasks.get(2));
            assertThat(semaphore.snapshot().waiters()).containsExactly("waiter-3");
            if (runtime == TestRuntime.EVENT_LOOP) {
                assertThat(order).containsExactly(0, 1, 2);
            }
            semaphore.release();
            Arrivals.join(tasks);
        });
    }

    @Test
    void se6_boundedOneRefusesWhatWasNotAcquired() throws Exception {
        var bounded = new BoundedSemaphore(2);
        assertThatThrownBy(bounded::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 permits");
        bounded.acquire();
        bounded.release();
        assertThatThrownBy(bounded::release).isInstanceOf(IllegalStateException.class);
        assertThat(bounded.availablePermits()).isEqualTo(2);
        var unbounded = new Semaphore(2);
        unbounded.release();
        assertThat(unbounded.availablePermits()).isEqualTo(3);
        var full = new Semaphore(Integer.MAX_VALUE);
        assertThatThrownBy(full::release).isInstanceOf(IllegalStateException.class);
        assertThat(full.availablePermits()).isEqualTo(Integer.MAX_VALUE);
    }

    @OnEveryRuntime
    void lr1_semaphoreTellsPermitsAndWaiters(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var semaphore = new BoundedSemaphore(1);
            assertThat(semaphore).hasToString("BoundedSemaphore[unlocked, permits=1, waiting=0]");
            semaphore.acquire();
            var tasks = acquirers(semaphore, 2);
            assertThat(semaphore).hasToString("BoundedSemaphore[locked, permits=0, waiting=2]");
            assertThat(semaphore.snapshot()).isEqualTo(new Semaphore.Snapshot(0, 2, List.of("waiter-0", "waiter-1")));
            tasks.forEach(Task::cancel);
        });
    }

    @OnEveryRuntime
    void j8_whatWasDoneBeforeTheReleaseIsSeenAfterTheAcquire(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var semaphore = new Semaphore(0);
            var box = new Object[1];
            for (var i = 0; i < 1000; i++) {
                var number = i;
                var task = createTask(() -> {
                    box[0] = number;
                    semaphore.release();
                });
                semaphore.acquire();
                assertThat(box[0]).isEqualTo(number);
                task.await();
            }
        });
    }
}
