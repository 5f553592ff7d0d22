package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.TaskImpl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A block with a limit leaves no interrupt of its own behind, and loses none from elsewhere. */
class TimeoutInterruptTest {

    // ---- nothing is left behind

    @OnAnyThread
    void j5_bodyWaitsInWeftAsItsLimitPasses_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(1), limit -> {
                        Blocked.onceIn(thread, "LockSupport.park", () -> limit.reschedule(ZERO));
                        sleep(FOREVER);
                    }));
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyBlocksInJdkCallAsItsLimitPasses_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(1), limit -> {
                        Blocked.onceIn(thread, "Thread.sleep", () -> limit.reschedule(ZERO));
                        Thread.sleep(FOREVER);
                    }));
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_jdkCallLeavesInterruptStatusSet_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var pipe = Pipe.open();
            try (var source = pipe.source();
                    var sink = pipe.sink()) {
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> timeout(ofHours(1), limit -> {
                            limit.reschedule(ZERO);
                            source.read(ByteBuffer.allocate(1));
                        }));
                assertThat(source.isOpen()).isFalse();
            }
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyReturnsAlthoughItsLimitHasPassed_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            int result = timeout(ofHours(1), limit -> {
                limit.reschedule(ZERO);
                return 7;
            });
            assertThat(result).isEqualTo(7);
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyFailsAlthoughItsLimitHasPassed_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var failure = new IOException("mine");
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        limit.reschedule(ZERO);
                        fail(failure);
                    }))
                    .isSameAs(failure);
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyCatchesInterruptAndGoesOn_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            int result = timeout(ofHours(1), limit -> {
                Blocked.onceIn(thread, "Thread.sleep", () -> limit.reschedule(ZERO));
                try {
                    Thread.sleep(FOREVER);
                    return 1;
                } catch (InterruptedException e) {
                    sleep(ZERO);
                    return 2;
                }
            });
            assertThat(result).isEqualTo(2);
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_outerLimitPassesAsInnerOneEnds_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(2), outer -> {
                        timeout(ofHours(1), inner -> {
                            Blocked.onceIn(thread, "Thread.sleep", () -> inner.reschedule(ZERO));
                            try {
                                Thread.sleep(FOREVER);
                            } finally {
                                outer.reschedule(ZERO);
                            }
                        });
                    }));
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_taskIsCancelledAsItsLimitHasBeenNoticed_requestIsDeliveredOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = Weft.currentTask().orElseThrow();
            var thread = Thread.currentThread();
            var deliveries = 0;
            try {
                timeout(ofHours(1), limit -> {
                    Blocked.onceIn(thread, "Thread.sleep", () -> limit.reschedule(ZERO));
                    try {
                        Thread.sleep(FOREVER);
                    } finally {
                        task.cancel("from outside");
                    }
                });
            } catch (InterruptedException e) {
                deliveries++;
            }
            assertThat(task.cancelling()).isEqualTo(1);
            try {
                sleep(ZERO);
            } catch (CancelledException e) {
                deliveries++;
            }
            assertThat(deliveries).isEqualTo(1);
            task.uncancel();
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_taskIsCancelledBetweenDeliveryAndEndOfBlock_requestIsDeliveredOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = Weft.currentTask().orElseThrow();
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        limit.reschedule(ZERO);
                        try {
                            sleep(FOREVER);
                        } finally {
                            task.cancel("from outside");
                        }
                    }))
                    .isInstanceOf(CancelledException.class);
            sleep(ZERO);
            assertThat(task.cancelling()).isEqualTo(1);
            task.uncancel();
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_taskIsCancelledBeforeABlockWhoseLimitPasses_isCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = Weft.currentTask().orElseThrow();
            task.cancel("before");
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        limit.reschedule(ZERO);
                        sleep(FOREVER);
                    }))
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.cancellation().reason()).isEqualTo("before"));
            task.uncancel();
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bothLimitsPassAndInnerOneWasNoticedInJdkCall_innerOneIsThrown(AnyThread kind) throws Exception {
        kind.run(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(2), outer -> {
                        try {
                            timeout(ofHours(1), inner -> {
                                inner.reschedule(ZERO);
                                Thread.sleep(FOREVER);
                            });
                        } finally {
                            outer.reschedule(ZERO);
                        }
                    }))
                    .withMessageContaining("1h");
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_taskIsCancelledAfterALimitWasNoticedInJdkCall_hasFailedWithTimeout(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    timeout(ofHours(1), inner -> {
                        inner.reschedule(ZERO);
                        Thread.sleep(FOREVER);
                    });
                } finally {
                    Weft.currentTask().orElseThrow().cancel();
                    assertThatThrownBy(() -> sleep(ZERO)).isInstanceOf(CancelledException.class);
                }
            });
            assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class);
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
        });
    }

    @Test
    void j5_mainOfARunWithinABlockReturnsAfterItsLimit_noInterruptIsLeft() throws Exception {
        var caught = new AtomicReference<CancelledException>();
        timeout(ofHours(1), limit -> {
            TestRuntime.PARALLEL.run(() -> {
                limit.reschedule(ZERO);
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    caught.set(e);
                }
            });
        });
        assertThat(caught).doesNotHaveNullValue();
        assertNothingIsPending();
    }

    // ---- nothing is lost

    @OnAnyThread
    void j5_interruptComesBeforeLimitPasses_isStillThereAfterwards(AnyThread kind) throws Exception {
        kind.run(() -> {
            int result = timeout(ofHours(1), limit -> {
                Thread.currentThread().interrupt();
                limit.reschedule(ZERO);
                return 1;
            });
            assertThat(result).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_interruptComesBeforeLimitPassesAndBodyWaits_bothAreNoticed(AnyThread kind) throws Exception {
        kind.run(() -> {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(1), limit -> {
                        Thread.currentThread().interrupt();
                        limit.reschedule(ZERO);
                        sleep(FOREVER);
                    }));
            assertThat(Thread.interrupted()).isTrue();
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyIsInterruptedInWeftWait_blockThrowsThat(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            assertThatThrownBy(() -> timeout(ofHours(1), () -> {
                        Blocked.onceIn(thread, "LockSupport.park", thread::interrupt);
                        sleep(FOREVER);
                    }))
                    .isExactlyInstanceOf(InterruptedException.class);
            assertNothingIsPending();
        });
    }

    /** The block of the group ends by the interrupt, and is told of the limit while it joins what it has started. */
    @OnAnyThread
    void j5_limitPassesWhileAnInterruptedStartJoins_interruptIsThrown(AnyThread kind) throws Exception {
        kind.run(() -> {
            var thread = Thread.currentThread();
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        Weft.taskGroup(group -> {
                            int unused = group.start(ready -> {
                                thread.interrupt();
                                try {
                                    sleep(FOREVER);
                                } finally {
                                    limit.reschedule(ZERO);
                                }
                                ready.set(1);
                            });
                        });
                    }))
                    .isExactlyInstanceOf(InterruptedException.class);
            assertNothingIsPending();
        });
    }

    /** The limit's own interrupt is noticed, and what a child fails with is thrown instead. */
    @OnAnyThread
    void j5_childFailsWhileALimitStopsTheBlock_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        Weft.taskGroup(group -> {
                            var begun = new Gate();
                            group.createTask(() -> {
                                begun.open();
                                try {
                                    sleep(FOREVER);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException("of the child", e);
                                }
                            });
                            begun.await();
                            limit.reschedule(ZERO);
                            Thread.sleep(FOREVER);
                        });
                    }))
                    .isInstanceOf(ExceptionGroup.class);
            assertNothingIsPending();
        });
    }

    @OnAnyThread
    void j5_bodyReturnsWithoutNoticingInterrupt_isStillThereAfterwards(AnyThread kind) throws Exception {
        kind.run(() -> {
            timeout(ofHours(1), () -> Thread.currentThread().interrupt());
            assertThat(Thread.interrupted()).isTrue();
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_limitHasPassedAsAnActionIsJoinedAndACancelIsTakenBack_limitIsNoticed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = (TaskImpl<?>) Weft.currentTask().orElseThrow();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(1), limit -> {
                        var withdrawn = new CountDownLatch(1);
                        Runnable action = () -> {
                            while (!(task.waitingFor() instanceof CancelAction)) {
                                Thread.onSpinWait();
                            }
                            task.cancel();
                            task.uncancel();
                            withdrawn.countDown();
                            awaitUninterruptibly(withdrawn);
                        };
                        onCancel(action::run, () -> limit.reschedule(ZERO));
                        sleep(ZERO);
                    }));
            assertNothingIsPending();
        });
    }

    @OnEveryRuntime
    void j5_limitHasPassedAsAnActionIsJoined_jdkCallIsInterrupted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = Weft.currentTask().orElseThrow();
            Runnable untilJoined = () -> {
                while (!task.toString().contains("onCancel")) {
                    Thread.onSpinWait();
                }
            };
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> timeout(ofHours(1), limit -> {
                        onCancel(untilJoined::run, () -> limit.reschedule(ZERO));
                        Thread.sleep(FOREVER);
                    }));
            assertNothingIsPending();
        });
    }

    /** On the event loop the task has no turn between the two. */
    @Test
    void j5_taskIsCancelledWhileItsLimitPasses_isCancelled() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var started = new Gate();
            var block = new AtomicReference<Timeout>();
            Task<Void> task = createTask(() -> timeout(ofHours(1), limit -> {
                block.set(limit);
                started.open();
                sleep(FOREVER);
            }));
            started.await();
            block.get().reschedule(ZERO);
            task.cancel("me");
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    private static void assertNothingIsPending() throws InterruptedException {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
        Weft.currentTask().ifPresent(task -> assertThat(task.cancelling()).isZero());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // that is what the caller is for
            }
        }
    }

    private static <X extends Exception> void fail(X failure) throws X {
        throw failure;
    }
}
