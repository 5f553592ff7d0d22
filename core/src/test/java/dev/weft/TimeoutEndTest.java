package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.TimerHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** TO: what a block with a limit says and leaves when it ends, whoever else has asked meanwhile. */
class TimeoutEndTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @NotSimulated("keeps the real time running, and looks at no timer")
    @OnEveryRuntime
    void to1_blockThatIsInterruptedAfterItsDeadlineHasExpiredThoughNobodyHasLooked(TestRuntime runtime)
            throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            assertThatThrownBy(() -> timeout(Duration.ofMillis(1), (VoidTimeoutBody<Exception>) limit -> {
                        block.set(limit);
                        while (!limit.when().hasPassed()) {
                            Thread.onSpinWait();
                        }
                        throw new InterruptedException();
                    }))
                    .isInstanceOf(Exception.class);
            assertThat(block.get().expired()).isTrue();
        });
    }

    @OnEveryRuntime
    void to24_failureIsNotBlamedOnALimitIfOthersHaveAskedToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            var thrown = catchThrowable(() -> timeout(HOUR, (VoidTimeoutBody<Exception>) limit -> {
                limit.reschedule(Duration.ZERO);
                Tasks.self().cancel("others");
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw failure;
            }));
            assertThat(thrown).isSameAs(failure);
            assertThat(thrown.getSuppressed()).isEmpty();
            Tasks.self().uncancel();
            var blamed = new IOException("broken");
            thrown = catchThrowable(() -> timeout(HOUR, (VoidTimeoutBody<Exception>) limit -> {
                limit.reschedule(Duration.ZERO);
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw blamed;
            }));
            assertThat(thrown).isSameAs(blamed);
            assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(DeadlineExceededException.class);
            sleep(Duration.ZERO);
        });
    }

    @OnEveryRuntime
    void to12_cancelGoesBeforeALimitThatHasPassedAndTellsOfIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> timeout(HOUR, limit -> {
                limit.reschedule(Duration.ZERO);
                Tasks.self().cancel("mine");
                sleep(FOREVER);
            }));
            assertThat(thrown).isInstanceOf(CancelledException.class);
            assertThat(((CancelledException) thrown).cancellation().reason()).isEqualTo("mine");
            assertThat(thrown.getCause()).isInstanceOf(CancelledException.class);
            assertThat(((CancelledException) thrown.getCause()).cancellation().origin())
                    .contains("timeout of 1h");
            assertThat(Tasks.self().cancelling()).isOne();
            Tasks.self().uncancel();
        });
    }

    @OnEveryRuntime
    void to12_ofSeveralOthersTheFirstIsTold(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var told = new AtomicReference<Object>();
            var _ = catchThrowable(() -> taskGroup(group -> {
                try {
                    timeout(HOUR, limit -> {
                        limit.reschedule(Duration.ZERO);
                        group.cancel();
                        Tasks.self().cancel("later");
                        sleep(FOREVER);
                    });
                } catch (CancelledException e) {
                    told.set(e.cancellation().reason());
                    throw e;
                }
            }));
            assertThat(told).hasValue("the group was cancelled");
            Tasks.self().uncancel();
        });
    }

    @OnEveryRuntime
    void to1_blockThatReturnsInTimeLeavesNoTimer(TestRuntime runtime) throws Exception {
        var made = runtime.open();
        var scheduler = new TimerCountingScheduler(made.scheduler());
        try (var runner = Runner.builder()
                .signals(false)
                .runtime(() -> WeftRuntime.of(scheduler, made::close))
                .build()) {
            runner.run(() -> {
                for (var i = 0; i < 1_000; i++) {
                    timeout(HOUR, () -> 1);
                }
                assertThat(scheduler.standing()).isLessThanOrEqualTo(1);
                for (var i = 0; i < 10; i++) {
                    timeout(HOUR, limit -> {
                        for (var j = 0; j < 20; j++) {
                            limit.reschedule(Duration.ofMinutes(50 - j));
                        }
                        assertThat(scheduler.standing()).isLessThanOrEqualTo(2);
                    });
                    assertThatThrownBy(() -> timeout(HOUR, (VoidTimeoutBody<Exception>) limit -> {
                                throw new IOException("broken");
                            }))
                            .hasMessage("broken");
                }
                assertThat(scheduler.standing()).isLessThanOrEqualTo(1);
            });
        }
        assertThat(scheduler.standing()).isZero();
    }

    /** Takes a while to set a timer, in which the block may be rescheduled. */
    private static final class SlowTimers extends ForwardingScheduler {
        final AtomicInteger standing = new AtomicInteger();
        volatile Runnable meanwhile = () -> {};

        SlowTimers(dev.weft.internal.runtime.Scheduler scheduler) {
            super(scheduler);
        }

        @Override
        public TimerHandle schedule(long deadlineNanos, Runnable action) {
            standing.incrementAndGet();
            var timer = super.schedule(deadlineNanos, action);
            var now = meanwhile;
            meanwhile = () -> {};
            now.run();
            var over = new AtomicBoolean();
            return () -> {
                if (over.compareAndSet(false, true)) {
                    standing.decrementAndGet();
                }
                timer.cancel();
            };
        }
    }

    @OnEveryRuntime
    void to1_timerThatIsTakenBackWhileItIsBeingSetDoesNotStay(TestRuntime runtime) throws Exception {
        var made = runtime.open();
        var scheduler = new SlowTimers(made.scheduler());
        try (var runner = Runner.builder()
                .signals(false)
                .runtime(() -> WeftRuntime.of(scheduler, made::close))
                .build()) {
            runner.run(() -> timeout(HOUR, limit -> {
                scheduler.meanwhile = () -> limit.reschedule(Duration.ofMinutes(10));
                limit.reschedule(Duration.ofMinutes(30));
                assertThat(scheduler.standing).hasValue(1);
            }));
        }
    }

    @OnEveryRuntime
    void to1_limitOfCenturiesIsNoLimitThatHasPassed(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            for (var limit : List.of(
                    Duration.ofSeconds(9_223_372_035L),
                    Duration.ofSeconds(9_223_372_036L),
                    Duration.ofSeconds(Long.MAX_VALUE),
                    Duration.ofDays(100 * 365))) {
                var release = new Gate();
                var never = createTask(() -> release.awaitStubbornly());
                var waiter = createTask(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(never), limit));
                Soon.waits(waiter);
                assertThat(timeout(limit, () -> {
                            sleep(Duration.ZERO);
                            return 5;
                        }))
                        .isEqualTo(5);
                clock.advance(HOUR);
                sleep(Duration.ZERO);
                assertThat(waiter.isDone()).isFalse();
                release.open();
                Tasks.awaitTurn(waiter::isDone);
                assertThat(waiter.result().done()).hasSize(1);
            }
        });
    }

    @OnEveryRuntime
    void to1_blockExpiresWhenItsDeadlineHasComeAndNotAMomentBefore(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var expired = new AtomicReference<Throwable>();
            var task = createTask(() -> {
                expired.set(catchThrowable(() -> timeout(Duration.ofSeconds(10), () -> sleep(FOREVER))));
            });
            Soon.waits(task);
            clock.advance(Duration.ofSeconds(10).minusNanos(1));
            sleep(Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            clock.advance(Duration.ofNanos(1));
            Tasks.awaitTurn(task::isDone);
            assertThat(expired.get()).isInstanceOf(TimeoutException.class);
        });
    }

    @OnEveryRuntime
    void to2_ofTwoWithOneDeadlineTheOuterIsThrownAlsoIfItsTimerIsTheInnerOnes(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var deadline = Deadline.ofNanos(clock.nanoTime() + HOUR.toNanos());
            var inner = new AtomicReference<Throwable>();
            var outer = new AtomicReference<Throwable>();
            var task = createTask(() -> {
                outer.set(catchThrowable(() -> Weft.timeoutAt(deadline, () -> {
                    inner.set(catchThrowable(() -> Weft.timeoutAt(deadline, () -> sleep(FOREVER))));
                    throw Sneaky.rethrow(inner.get());
                })));
            });
            Soon.waits(task);
            clock.advance(HOUR);
            Tasks.awaitTurn(task::isDone);
            assertThat(inner.get()).isInstanceOf(CancelledException.class);
            assertThat(outer.get()).isInstanceOf(TimeoutException.class);
            task.await();
        });
    }

    @OnEveryRuntime
    void to21_blockThatHasExpiredAndReturnedSaysSo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            timeout(HOUR, limit -> {
                block.set(limit);
                assertThat(limit.expired()).isFalse();
            });
            assertThat(block.get().expired()).isFalse();
            assertThatThrownBy(() -> timeout(HOUR, limit -> {
                        block.set(limit);
                        limit.reschedule(Duration.ZERO);
                        assertThat(limit.expired()).isTrue();
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(block.get().expired()).isTrue();
        });
    }

    /** A body that holds its event loop's turn keeps everybody from noticing the deadline. As in asyncio. */
    @NotSimulated("the body waits for real time")
    @Test
    void to4_bodyReturnsLateButWasNeverAsked_isFinished() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var block = new AtomicReference<Timeout>();
            var value = timeout(Duration.ofNanos(1), limit -> {
                block.set(limit);
                while (Deadline.now().compareTo(limit.when()) <= 0) {
                    Thread.onSpinWait();
                }
                return "late";
            });
            assertThat(value).isEqualTo("late");
            assertThat(block.get().expired()).isFalse();
            assertThat(block.get()).hasToString("<Timeout [finished]>");
        });
    }
}
