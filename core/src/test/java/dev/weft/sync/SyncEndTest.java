package dev.weft.sync;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.ManualClock;
import dev.weft.OnEveryRuntime;
import dev.weft.Soon;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import dev.weft.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Q: what primitives do at the edges of their states. More rounds with weft.stress. */
@Tag("races")
@Timeout(60)
class SyncEndTest {
    private static final int STRESS = Integer.getInteger("weft.stress", 1);

    @OnEveryRuntime
    void retry_cancelInALaterTryTellsOfTheFailuresBefore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failures = List.of(new IOException("first"), new IOException("second"));
            var tries = new AtomicInteger();
            var told = new AtomicReference<Throwable>();
            var last = new CompletableFuture<Void>();
            var task = createTask(() -> {
                told.set(catchThrowable(() -> Attempts.retry(RetryPolicy.attempts(5), () -> {
                    if (tries.get() < 2) {
                        throw failures.get(tries.getAndIncrement());
                    }
                    last.complete(null);
                    sleep(FOREVER);
                })));
            });
            Weft.await(last);
            task.cancel();
            Tasks.join(task);
            assertThat(told.get()).isInstanceOf(InterruptedException.class);
            assertThat(told.get().getSuppressed()).containsExactlyElementsOf(failures);
        });
    }

    @OnEveryRuntime
    void retry_cancelDuringAPauseTellsOfTheFailuresBefore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("first");
            var told = new AtomicReference<Throwable>();
            var tries = new AtomicInteger();
            var task = createTask(() -> {
                told.set(catchThrowable(
                        () -> Attempts.retry(RetryPolicy.attempts(5).delay(Duration.ofHours(1)), () -> {
                            tries.incrementAndGet();
                            throw failure;
                        })));
            });
            Soon.waits(task);
            task.cancel();
            Tasks.join(task);
            assertThat(told.get()).isInstanceOf(InterruptedException.class);
            assertThat(told.get().getSuppressed()).containsExactly(failure);
            assertThat(tries).hasValue(1);
        });
    }

    @OnEveryRuntime
    void barrier_resetBreaksTheMeetingThatFillsIfTheOneBeforeIsOver(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var barrier = new Barrier(2);
            for (var i = 0; i < 3; i++) {
                var first = createTask(() -> barrier.await());
                var second = createTask(() -> barrier.await());
                assertThat(List.of(Soon.result(first), Soon.result(second))).containsExactlyInAnyOrder(0, 1);
            }
            assertThat(barrier.snapshot().draining()).isZero();
            var waiting = createTask(() -> barrier.await());
            Tasks.awaitTrue(() -> barrier.waiting() == 1);
            barrier.reset();
            assertThatThrownBy(() -> Soon.result(waiting)).isInstanceOf(BrokenBarrierException.class);
            assertThat(barrier.isBroken()).isFalse();
        });
    }

    /** The two go from event to event side by side, one a little ahead of the other or behind it. */
    @Test
    void event_setThatComesAsAWaitBeginsIsNotMissed() throws Exception {
        var rounds = 30_000 * STRESS;
        var events = new Event[rounds];
        for (var i = 0; i < rounds; i++) {
            events[i] = new Event();
        }
        var turn = new AtomicInteger(-1);
        TestRuntime.PARALLEL.run(() -> {
            var setter = createTask(() -> {
                for (var i = 0; i < rounds; i++) {
                    for (var spins = 0; turn.get() < i; spins++) {
                        if (spins % 2_000 == 1_999) {
                            Thread.yield();
                        }
                        Thread.onSpinWait();
                    }
                    linger(i, 1, 17);
                    events[i].set();
                }
            });
            Soon.of(() -> {
                for (var i = 0; i < rounds; i++) {
                    turn.set(i);
                    linger(i, 2, 23);
                    events[i].await();
                }
                return null;
            });
            setter.await();
        });
    }

    private static void linger(int round, int place, int most) {
        for (var i = (round * 7 + place * 13) % most; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    @Test
    void semaphore_neverHasMoreThanItsBoundHoweverManyReleaseAtOnce() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 3_000 * STRESS; i++) {
                var round = i;
                var semaphore = new BoundedSemaphore(1);
                semaphore.acquire();
                var begun = new AtomicInteger();
                var refused = new AtomicInteger();
                var tasks = new ArrayList<Task<?>>();
                for (var j = 0; j < 2; j++) {
                    var place = j;
                    tasks.add(createTask(() -> {
                        begun.incrementAndGet();
                        for (var spins = 0; begun.get() < 2; spins++) {
                            if (spins % 500 == 499) {
                                Thread.yield();
                            }
                            Thread.onSpinWait();
                        }
                        linger(round, place, 5);
                        semaphore.snapshot(); // takes the lock, so that releases meet it locked
                        try {
                            semaphore.release();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    }));
                }
                for (var j = 0; j < 20; j++) {
                    semaphore.snapshot();
                }
                for (var task : tasks) {
                    Soon.result(task);
                }
                assertThat(semaphore.availablePermits()).isOne();
                assertThat(refused).hasValue(1);
            }
        });
    }

    @OnEveryRuntime
    void queue_itemsThatWereDoneBeforeTheyWereTakenKeepNobodyWaiting(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var queue = new Queue<Integer>();
            queue.put(1);
            queue.put(2);
            queue.taskDone();
            assertThat(queue.shutdownNow()).containsExactly(1, 2);
            Soon.of(() -> {
                queue.join();
                return null;
            });
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        });
    }

    @OnEveryRuntime
    void rateLimiter_neverLetsMorePassThanPromised(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var limiter = new RateLimiter(3, Duration.ofNanos(10), 1);
            assertThat(limiter.tryAcquire()).isTrue();
            clock.advance(Duration.ofNanos(3));
            assertThat(limiter.tryAcquire()).as("after 3 ns").isFalse();
            clock.advance(Duration.ofNanos(1));
            assertThat(limiter.tryAcquire()).as("after 4 ns").isTrue();
            var bursting = new RateLimiter(10, Duration.ofSeconds(1), 3);
            for (var i = 0; i < 3; i++) {
                assertThat(bursting.tryAcquire()).isTrue();
            }
            assertThat(bursting.tryAcquire()).isFalse();
            clock.advance(Duration.ofMillis(99));
            assertThat(bursting.tryAcquire()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(bursting.tryAcquire()).isTrue();
            assertThat(bursting.tryAcquire()).isFalse();
            clock.advance(Duration.ofHours(1));
            for (var i = 0; i < 3; i++) {
                assertThat(bursting.tryAcquire()).isTrue();
            }
            assertThat(bursting.tryAcquire()).isFalse();
        });
    }

    @Test
    void retry_jitterMakesPausesShorterAndLonger() {
        var policy =
                RetryPolicy.attempts(3).delay(Duration.ofSeconds(1)).jitter(0.5).random(new java.util.Random(1));
        var shorter = 0;
        for (var i = 0; i < 1_000; i++) {
            var pause = policy.delayAfter(1);
            assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
            shorter += pause.compareTo(Duration.ofSeconds(1)) < 0 ? 1 : 0;
        }
        assertThat(shorter).isBetween(400, 600);
        assertThat(RetryPolicy.attempts(3).backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .satisfies(backoff -> {
                    assertThat(backoff.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
                    assertThat(backoff.delayAfter(2)).isEqualTo(Duration.ofSeconds(2));
                    assertThat(backoff.delayAfter(3)).isEqualTo(Duration.ofSeconds(4));
                    assertThat(backoff.delayAfter(4)).isEqualTo(Duration.ofSeconds(5));
                    assertThat(backoff.delayAfter(5_000)).isEqualTo(Duration.ofSeconds(5));
                });
    }

    @OnEveryRuntime
    void lock_cancelledWaiterHandsOnWhatItWasGivenMeanwhile(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var lock = new Lock();
            lock.acquire();
            var first = createTask(() -> lock.acquire());
            Tasks.awaitTrue(() -> lock.snapshot().waiting() == 1);
            var second = createTask(() -> {
                lock.acquire();
                lock.release();
                return "second";
            });
            Tasks.awaitTrue(() -> lock.snapshot().waiting() == 2);
            first.cancel();
            lock.release();
            Tasks.join(first);
            if (first.isCancelled()) {
                assertThat(Soon.result(second)).isEqualTo("second");
                assertThat(lock.isLocked()).isFalse();
            } else {
                second.cancel();
            }
        });
    }

    @OnEveryRuntime
    void condition_signalOfACancelledWaiterGoesToTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var condition = new Condition();
            var woken = new AtomicInteger();
            var waiters = new ArrayList<Task<?>>();
            for (var i = 0; i < 2; i++) {
                var expected = i + 1;
                waiters.add(createTask(() -> condition.with(() -> {
                    condition.await();
                    woken.incrementAndGet();
                })));
                Tasks.awaitTrue(() -> condition.snapshot().waiting() == expected);
            }
            condition.with(() -> {
                condition.signal();
                waiters.getFirst().cancel();
            });
            Tasks.join(waiters.getFirst());
            Tasks.awaitTrue(() -> woken.get() == 1);
            if (waiters.getFirst().isCancelled()) {
                Soon.result(waiters.get(1));
            } else {
                waiters.get(1).cancel();
                Tasks.join(waiters.get(1));
            }
            assertThat(condition.lock().isLocked()).isFalse();
        });
    }
}
