package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Time limits beside other cancellations, and bodies that answer theirs in their own way. */
class TimeoutCleanUpTest {

    @OnEveryRuntime
    void to10_bodyFailsInItsCleanUp_thatIsThrownWithTheTimeoutSuppressed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var crash = new IOException("crash");
            var thrown = catchThrowable(() -> timeout(ofMillis(1), () -> {
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    throw crash;
                }
            }));
            assertThat(thrown).isSameAs(crash);
            assertThat(thrown.getSuppressed()).hasAtLeastOneElementOfType(TimeoutException.class);
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to11_cancelledBeforeTheDeadline_staysCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var inBlock = new Gate();
            var task = createTask(() -> {
                var thrown = catchThrowable(() -> timeout(ofHours(1), timeout -> {
                    block.set(timeout);
                    inBlock.open();
                    sleep(FOREVER);
                }));
                assertThat(currentTask().orElseThrow().cancelling()).isEqualTo(1);
                return thrown;
            });
            inBlock.await();
            task.cancel("enough");
            assertThat(task.await())
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.cancellation().reason()).isEqualTo("enough"));
            assertThat(block.get().expired()).isFalse();
        });
    }

    @OnEveryRuntime
    void to11_cancelledBeforeTheDeadlineByItself_endsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> timeout(ofHours(1), () -> {
                currentTask().orElseThrow().cancel();
                sleep(FOREVER);
            }));
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(task.state()).isEqualTo(Future.State.CANCELLED);
        });
    }

    @OnEveryRuntime
    void to11_cancelledJustBeforeOrAfterTheDeadlinePasses_staysCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var cancelFirst : List.of(true, false)) {
                var task = createTask(() -> {
                    var me = currentTask().orElseThrow();
                    var thrown = catchThrowable(() -> timeout(ofHours(1), timeout -> {
                        if (cancelFirst) {
                            me.cancel("enough");
                        }
                        timeout.reschedule(ZERO);
                        if (!cancelFirst) {
                            me.cancel("enough");
                        }
                        sleep(FOREVER);
                    }));
                    assertThat(me.cancelling()).isEqualTo(1);
                    sleep(ZERO); // told once
                    return thrown;
                });
                assertThat(task.await())
                        .isInstanceOfSatisfying(
                                CancelledException.class,
                                e -> assertThat(e.cancellation().reason()).isEqualTo("enough"));
            }
        });
    }

    @OnEveryRuntime
    void to12_taskThatHandledATimeout_hasNotBeenCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                assertThatThrownBy(() -> timeout(ofMillis(1), () -> sleep(FOREVER)))
                        .isInstanceOf(TimeoutException.class);
            });
            task.await();
            assertThat(task.isDone()).isTrue();
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
            assertThat(task.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void to12_taskThatDidNotHandleATimeout_hasFailed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> timeout(ofMillis(1), () -> sleep(FOREVER)));
            assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class);
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.exception()).isInstanceOf(TimeoutException.class);
        });
    }

    @OnEveryRuntime
    void to18_afterACancellationThatStillStands_limitsWork(TestRuntime runtime) throws Exception {
        runtime.run(() -> createTask(() -> {
                    cancelThisTaskAndSeeIt();
                    for (var limit : List.of(ZERO, ofMillis(1))) {
                        assertThatThrownBy(() -> timeout(limit, () -> sleep(FOREVER)))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(currentTask().orElseThrow().cancelling()).isEqualTo(1);
                    }
                    assertThat(timeout(ofHours(1), () -> sleep(ZERO, "cleaned up")))
                            .isEqualTo("cleaned up");
                })
                .await());
    }

    @OnEveryRuntime
    void to19_cancelledAnewInACleanUpWithLimit_isCancelledAndNotTimedOut(TestRuntime runtime) throws Exception {
        runtime.run(() -> createTask(() -> {
                    cancelThisTaskAndSeeIt();
                    var block = new AtomicReference<Timeout>();
                    assertThatThrownBy(() -> timeout(ofHours(1), timeout -> {
                                block.set(timeout);
                                currentTask().orElseThrow().cancel("anew");
                                sleep(FOREVER);
                            }))
                            .isInstanceOfSatisfying(
                                    CancelledException.class,
                                    e -> assertThat(e.cancellation().reason()).isEqualTo("anew"));
                    assertThat(block.get().expired()).isFalse();
                    assertThat(currentTask().orElseThrow().cancelling()).isEqualTo(2);
                })
                .await());
    }

    @OnEveryRuntime
    void to19_cancelledButNotYetToldWhenTheBlockBegins_requestIsNotSwallowed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                currentTask().orElseThrow().cancel("before");
                return catchThrowable(() -> timeout(ZERO, () -> sleep(FOREVER)));
            });
            assertThat(task.await())
                    .isInstanceOfSatisfying(
                            CancelledException.class,
                            e -> assertThat(e.cancellation().reason()).isEqualTo("before"));
        });
    }

    private static void cancelThisTaskAndSeeIt() {
        currentTask().orElseThrow().cancel();
        assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
        assertThat(currentTask().orElseThrow().cancelling()).isEqualTo(1);
    }

    @OnEveryRuntime
    void to22_bodySwallowsTheCancellation_itsResultIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            String result = timeout(ofMillis(1), timeout -> {
                block.set(timeout);
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                sleep(ZERO); // delivered once
                return "nevertheless";
            });
            assertThat(result).isEqualTo("nevertheless");
            assertThat(block.get().expired()).isTrue();
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to22_bodyReturnsWithoutSeeingTheCancellation_itsResultIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            String result = timeout(ofHours(1), timeout -> {
                block.set(timeout);
                timeout.reschedule(ZERO);
                while (!timeout.when().hasPassed()) {
                    Thread.onSpinWait();
                }
                return "nevertheless";
            });
            assertThat(result).isEqualTo("nevertheless");
            assertThat(block.get().when().hasPassed()).isTrue();
            assertNothingPending();
        });
    }

    private static void assertNothingPending() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
    }
}
