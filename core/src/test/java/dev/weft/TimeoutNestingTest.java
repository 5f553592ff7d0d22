package dev.weft;

import static dev.weft.GroupFailures.membersOf;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutAt;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Time limits in time limits, and around groups. */
class TimeoutNestingTest {

    @OnEveryRuntime
    void to2_sameDeadline_onlyTheOuterBlockThrowsTimeoutException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 20; i++) {
                var deadline = Deadline.after(ofMillis(1));
                assertOnlyOuterThrows(deadline, deadline);
            }
        });
    }

    @OnEveryRuntime
    void to2_sameDeadlineInThePast_onlyTheOuterBlockThrowsTimeoutException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var deadline = Deadline.after(ofSeconds(-1));
            assertOnlyOuterThrows(deadline, deadline);
        });
    }

    @OnEveryRuntime
    void to2_outerDeadlineEarlierAndBothPassed_onlyTheOuterBlockThrowsTimeoutException(TestRuntime runtime)
            throws Exception {
        runtime.run(() -> {
            var deadline = Deadline.after(ofSeconds(-2));
            assertOnlyOuterThrows(deadline, Deadline.after(ofSeconds(-1)));
        });
    }

    private static void assertOnlyOuterThrows(Deadline outerDeadline, Deadline innerDeadline)
            throws InterruptedException {
        var outerBlock = new AtomicReference<Timeout>();
        var innerBlock = new AtomicReference<Timeout>();
        var innerThrew = new AtomicReference<Throwable>();
        var thrown = catchThrowable(() -> timeoutAt(outerDeadline, outer -> {
            outerBlock.set(outer);
            try {
                timeoutAt(innerDeadline, inner -> {
                    innerBlock.set(inner);
                    sleep(FOREVER);
                });
            } catch (Exception e) {
                innerThrew.set(e);
                throw e;
            }
        }));
        assertThat(innerThrew.get()).isInstanceOf(CancelledException.class);
        assertTimedOutAt(outerDeadline, thrown);
        assertThat(outerBlock.get().expired()).isTrue();
        assertThat(innerBlock.get().expired()).isTrue();
        assertNothingPending();
    }

    @OnEveryRuntime
    void to2_onlyTheOuterDeadlinePasses_innerIsJustCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var innerBlock = new AtomicReference<Timeout>();
            var innerThrew = new AtomicReference<Throwable>();
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> {
                        try {
                            timeout(ofHours(1), inner -> {
                                innerBlock.set(inner);
                                sleep(FOREVER);
                            });
                        } catch (InterruptedException e) {
                            innerThrew.set(e);
                            throw e;
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(innerThrew.get()).isInstanceOf(CancelledException.class);
            assertThat(innerBlock.get().expired()).isFalse();
        });
    }

    @OnEveryRuntime
    void to13_bothPassedInnerEarlier_eachBlockThrowsItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outerDeadline = Deadline.after(ofSeconds(-1));
            var innerDeadline = Deadline.after(ofSeconds(-2));
            var innerThrew = new AtomicReference<Throwable>();
            var afterInner = new AtomicReference<Throwable>();
            var thrown = catchThrowable(() -> timeoutAt(outerDeadline, () -> {
                innerThrew.set(catchThrowable(() -> timeoutAt(innerDeadline, () -> sleep(FOREVER))));
                hangAndRemember(afterInner);
            }));
            assertTimedOutAt(innerDeadline, innerThrew.get());
            assertThat(afterInner.get()).isInstanceOf(CancelledException.class);
            assertTimedOutAt(outerDeadline, thrown);
            assertNothingPending();
        });
    }

    @NotSimulated("its body is busy until a deadline has passed: computing takes no virtual time")
    @OnEveryRuntime
    void to13_bothPassWhileTheBodyIsBusy_eachBlockThrowsItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 20; i++) {
                var innerDeadline = Deadline.after(ofMillis(1));
                var outerDeadline = Deadline.after(ofMillis(2));
                var innerThrew = new AtomicReference<Throwable>();
                var thrown = catchThrowable(() -> timeoutAt(outerDeadline, () -> {
                    innerThrew.set(catchThrowable(() -> timeoutAt(innerDeadline, () -> {
                        while (!outerDeadline.hasPassed()) {
                            Thread.onSpinWait();
                        }
                        sleep(FOREVER);
                    })));
                    sleep(FOREVER);
                }));
                assertTimedOutAt(innerDeadline, innerThrew.get());
                assertTimedOutAt(outerDeadline, thrown);
                assertNothingPending();
            }
        });
    }

    @OnEveryRuntime
    void to14_innerTimeoutHandled_outerStillFires(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outerDeadline = Deadline.after(ofMillis(3));
            var thrown = catchThrowable(() -> timeoutAt(outerDeadline, () -> {
                assertThatThrownBy(() -> timeout(ofSeconds(-1), () -> sleep(FOREVER)))
                        .isInstanceOf(TimeoutException.class);
                sleep(FOREVER);
            }));
            assertTimedOutAt(outerDeadline, thrown);
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to14_severalInnerTimeoutsHandled_outerFiresAtItsOwnTime(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var outerDeadline = Deadline.after(ofSeconds(30));
            var entered = List.of(new Gate(), new Gate());
            var alone = new Gate();
            var outer = createTask(() -> catchThrowable(() -> timeoutAt(outerDeadline, () -> {
                for (var gate : entered) {
                    assertThatThrownBy(() -> timeout(ofSeconds(10), () -> {
                                gate.open();
                                sleep(FOREVER);
                            }))
                            .isInstanceOf(TimeoutException.class);
                }
                alone.open();
                sleep(FOREVER);
            })));
            for (var gate : entered) {
                gate.await();
                clock.advance(ofSeconds(10));
            }
            alone.await();
            clock.advance(ofSeconds(9));
            Yielding.stubbornly(3);
            assertThat(outer.isDone()).isFalse();
            clock.advance(ofSeconds(1));
            assertTimedOutAt(outerDeadline, outer.await());
        });
    }

    @OnEveryRuntime
    void to17_limitInTheCleanUpOfATimedOutBlock_worksOnItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var inCleanUp = new AtomicReference<Throwable>();
            var inTime = new AtomicReference<String>();
            var deadline = Deadline.after(ofMillis(1));
            var thrown = catchThrowable(() -> timeoutAt(deadline, () -> {
                try {
                    sleep(FOREVER);
                } finally {
                    inTime.set(timeout(ofHours(1), () -> {
                        sleep(ZERO);
                        return "cleaned up";
                    }));
                    inCleanUp.set(catchThrowable(() -> timeout(ofMillis(1), () -> sleep(FOREVER))));
                }
            }));
            assertThat(inTime).hasValue("cleaned up");
            assertThat(inCleanUp.get()).isInstanceOf(TimeoutException.class);
            assertTimedOutAt(deadline, thrown);
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to24_childFailsInItsCleanUpOnTimeout_groupIsThrownWithTheTimeoutSuppressed(TestRuntime runtime)
            throws Exception {
        runtime.run(() -> {
            var crash = new IOException("crash");
            var started = new Gate();
            var thrown = catchThrowable(() -> timeout(ofHours(1), limit -> {
                taskGroup(group -> {
                    group.createTask(() -> {
                        try {
                            started.open();
                            sleep(FOREVER);
                        } catch (CancelledException e) {
                            throw crash;
                        }
                    });
                    started.await();
                    limit.reschedule(ofMillis(1));
                });
            }));
            assertThat(membersOf(thrown)).containsExactly(crash);
            assertThat(thrown.getSuppressed()).hasAtLeastOneElementOfType(TimeoutException.class);
            assertThat(crash.getSuppressed()).hasAtLeastOneElementOfType(TimeoutException.class);
            assertNothingPending();
        });
    }

    private static void hangAndRemember(AtomicReference<Throwable> caught) throws InterruptedException {
        try {
            sleep(FOREVER);
        } catch (InterruptedException e) {
            caught.set(e);
            throw e;
        }
    }

    private static void assertTimedOutAt(Deadline deadline, Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        DeadlineExceededException.class,
                        e -> assertThat(e.deadline()).isEqualTo(deadline));
    }

    private static void assertNothingPending() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
    }
}
