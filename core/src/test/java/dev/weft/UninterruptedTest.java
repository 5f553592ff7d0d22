package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.cancellable;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.moveOnAfter;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.uninterrupted;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** J30: a block that is shielded from requests and interrupts. */
class UninterruptedTest {

    @OnEveryRuntime
    void j30_cancelledTwiceInside_theBodyGoesOnAndTheCancelComesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var go = new Gate();
            var steps = new AtomicInteger();
            var task = createTask(() -> {
                uninterrupted(() -> {
                    begun.open();
                    go.await();
                    steps.incrementAndGet();
                    sleep(ofMillis(1));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(Tasks.self().cancelling()).isEqualTo(2);
                    steps.incrementAndGet();
                });
                steps.incrementAndGet();
                sleep(FOREVER);
            });
            begun.await();
            task.cancel("one");
            task.cancel("two");
            go.open();
            var thrown = catchThrowable(task::await);
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(Tasks.reasonOf(thrown)).isEqualTo("two");
            assertThat(steps).hasValue(3);
        });
    }

    @OnEveryRuntime
    void j30_cleanUpOfACancelledTask_isCompletedThoughItIsCancelledAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var cleaning = new Gate();
            var go = new Gate();
            var cleaned = new AtomicBoolean();
            var task = createTask(() -> {
                try {
                    begun.open();
                    sleep(FOREVER);
                } finally {
                    uninterrupted(() -> {
                        cleaning.open();
                        go.await();
                        gather(() -> sleep(ofMillis(1), 1), () -> sleep(ofMillis(1), 2));
                        cleaned.set(true);
                    });
                }
            });
            begun.await();
            task.cancel();
            cleaning.await();
            task.cancel("again");
            go.open();
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(cleaned).isTrue();
        });
    }

    @OnEveryRuntime
    void j30_cancelledBefore_theBodyRunsAndTheCancelComesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            var task = createTask(() -> {
                Tasks.self().cancel();
                uninterrupted(() -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    sleep(ZERO);
                    ran.set(true);
                });
                sleep(FOREVER);
            });
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(ran).isTrue();
        });
    }

    @OnEveryRuntime
    void j30_uncancelInside_nothingComesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            uninterrupted(() -> {
                Tasks.self().cancel();
                sleep(ZERO);
                assertThat(Tasks.self().uncancel()).isZero();
            });
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j30_limitAroundIt_passesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = new AtomicBoolean();
            assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                        uninterrupted(() -> {
                            limit.reschedule(ZERO);
                            sleep(ofMillis(2));
                            ended.set(true);
                        });
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(ended).isTrue();
            sleep(ZERO);
        });
    }

    @OnEveryRuntime
    void j30_limitInside_worksAsUsualAlsoWhenCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var inside = new CompletableFuture<Throwable>();
            var task = createTask(() -> {
                uninterrupted(() -> {
                    Tasks.self().cancel("held back");
                    inside.complete(catchThrowable(() -> timeout(ofMillis(1), () -> sleep(FOREVER))));
                    assertThat(moveOnAfter(ofMillis(1), () -> sleep(FOREVER, "")))
                            .isEmpty();
                    assertThatThrownBy(() -> taskGroup(group -> {
                                group.createTask(() -> {
                                    throw new IOException("boom");
                                });
                                sleep(FOREVER);
                            }))
                            .isInstanceOf(ExceptionGroup.class);
                });
                sleep(FOREVER);
            });
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(inside.join()).isInstanceOf(TimeoutException.class);
        });
    }

    @OnEveryRuntime
    void j30_nested_everythingIsHeldBackUntilTheBlockIsLeftThatItIsFor(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var between = new CompletableFuture<Throwable>();
            var task = createTask(() -> {
                uninterrupted(() -> {
                    between.complete(catchThrowable(() -> timeout(ofHours(1), limit -> {
                        uninterrupted(() -> {
                            Tasks.self().cancel();
                            limit.reschedule(ZERO);
                            sleep(ofMillis(1));
                        });
                        sleep(FOREVER);
                    })));
                    sleep(ofMillis(1));
                });
                sleep(FOREVER);
            });
            Tasks.join(task);
            assertThat(between.join()).isInstanceOf(TimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void j30_actionAroundIt_runsWhenTheBodyHasEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var closed = new CompletableFuture<Void>();
            var task = createTask(() -> onCancel(() -> closed.complete(null), () -> {
                uninterrupted(() -> {
                    Tasks.self().cancel();
                    sleep(ofMillis(2));
                    assertThat(closed).isNotDone();
                });
                sleep(FOREVER);
            }));
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(closed).isDone();
        });
    }

    @OnEveryRuntime
    void j30_bodyFails_thatIsThrownAndTheCancelComesAfterIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                assertThatThrownBy(() -> uninterrupted(() -> {
                            Tasks.self().cancel();
                            throw new IOException("boom");
                        }))
                        .isInstanceOf(IOException.class);
                sleep(FOREVER);
            });
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @OnAnyThread
    void j30_interruptFromElsewhereInAWaitOfWefts_isHeldBackAndSetAgain(AnyThread thread) throws Exception {
        thread.run(() -> {
            var self = Thread.currentThread();
            uninterrupted(() -> {
                uninterrupted(() -> {
                    self.interrupt();
                    sleep(ofMillis(1));
                    gather(() -> sleep(ofMillis(1), 1), () -> 2);
                    assertThat(self.isInterrupted()).isFalse();
                });
                assertThat(self.isInterrupted()).isFalse();
                sleep(ofMillis(1));
            });
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @OnAnyThread
    void j30_interruptFromElsewhereDuringAJoin_isHeldBackToo(AnyThread thread) throws Exception {
        thread.run(() -> {
            var self = Thread.currentThread();
            var cleaned = new AtomicBoolean();
            uninterrupted(() -> {
                var ended = cancellable(scope -> gather(() -> {
                    scope.cancel();
                    try {
                        return sleep(FOREVER, 1);
                    } finally {
                        self.interrupt();
                        sleep(ofMillis(1));
                        cleaned.set(true);
                    }
                }));
                assertThat(ended).isEmpty();
                assertThat(self.isInterrupted()).isFalse();
            });
            assertThat(cleaned).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @OnAnyThread
    void j30_interruptFromElsewhereBeforeIt_isSetAgainAfterIt(AnyThread thread) throws Exception {
        thread.run(() -> {
            Thread.currentThread().interrupt();
            uninterrupted(
                    () -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @OnAnyThread
    void j30_fileThatALimitWouldClose_staysOpen(AnyThread thread) throws Exception {
        var path = Files.createTempFile("weft", ".txt");
        try (var channel = FileChannel.open(path)) {
            thread.run(() -> {
                assertThatThrownBy(() -> timeout(ofHours(1), limit -> {
                            uninterrupted(() -> {
                                limit.reschedule(ZERO);
                                channel.read(ByteBuffer.allocate(1));
                            });
                            sleep(FOREVER);
                        }))
                        .isInstanceOf(TimeoutException.class);
            });
            assertThat(channel.isOpen()).isTrue();
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void j30_inATask_aPlatformThreadsInterruptDoesNotReachAForeignCall() throws Exception {
        var path = Files.createTempFile("weft", ".txt");
        var interrupted = new AtomicBoolean();
        try (var channel = FileChannel.open(path)) {
            AnyThread.PLATFORM_THREAD.run(() -> {
                var caller = Thread.currentThread();
                uninterrupted(() -> taskGroup(group -> {
                    group.createTask(() -> {
                        caller.interrupt();
                        channel.read(ByteBuffer.allocate(1));
                    });
                }));
                interrupted.set(Thread.interrupted());
            });
            assertThat(channel.isOpen()).isTrue();
            assertThat(interrupted).isTrue();
        } finally {
            Files.delete(path);
        }
    }

    @OnEveryRuntime
    void j30_millionCancels_areOneRequest(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                uninterrupted(() -> {
                    for (var i = 0; i < 100_000; i++) {
                        Tasks.self().cancel();
                    }
                    assertThat(Tasks.self().cancelling()).isEqualTo(100_000);
                });
                sleep(FOREVER);
            });
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void j30_cancelsFromManyMoments_neitherLostNorEarly(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 300; i++) {
                var round = i;
                var completed = new AtomicBoolean();
                var begun = new Gate();
                var task = createTask(() -> {
                    begun.open();
                    uninterrupted(() -> {
                        Tasks.linger(round, 1, 200);
                        sleep(ZERO);
                        Tasks.linger(round, 2, 200);
                        completed.set(true);
                    });
                    sleep(FOREVER);
                });
                begun.await();
                Tasks.linger(round, 3, 500);
                task.cancel();
                Tasks.join(task);
                assertThat(task.isCancelled()).isTrue();
                assertThat(completed).isTrue();
            }
        });
    }
}
