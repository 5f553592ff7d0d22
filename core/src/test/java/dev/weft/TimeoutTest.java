package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** One time limit: when it fires, when not, and what comes of it. */
class TimeoutTest {

    @OnEveryRuntime
    void to1_deadlinePasses_blockThrowsTimeoutException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var deadline = Deadline.after(ofMillis(2));
            assertThatThrownBy(() -> timeoutAt(deadline, timeout -> {
                        block.set(timeout);
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class)
                    .isInstanceOfSatisfying(
                            DeadlineExceededException.class,
                            e -> assertThat(e.deadline()).isEqualTo(deadline));
            assertThat(block.get().expired()).isTrue();
            assertThat(block.get().when()).isEqualTo(deadline);
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to1_durationPasses_deadlineIsThatLongAfterTheStart(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var earliest = Deadline.after(ofMillis(2));
            assertThatThrownBy(() -> timeout(ofMillis(2), timeout -> {
                        block.set(timeout);
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(block.get().when()).isBetween(earliest, Deadline.after(ofMillis(2)));
            assertThat(block.get().when().hasPassed()).isTrue();
            assertThat(block.get().expired()).isTrue();
        });
    }

    @OnEveryRuntime
    void to3_deadlinePasses_bodySeesCancellation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var caught = new AtomicReference<Throwable>();
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> hangAndRemember(caught)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(caught.get()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void to4_bodyEndsEarly_nothingHappens(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var deadline = Deadline.after(ofHours(1));
            String result = timeoutAt(deadline, timeout -> {
                block.set(timeout);
                sleep(ZERO);
                return "in time";
            });
            assertThat(result).isEqualTo("in time");
            assertThat(block.get().expired()).isFalse();
            assertThat(block.get().when()).isEqualTo(deadline);
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to4_bodyEndsAboutWhenTheDeadlinePasses_oneOrTheOtherHappens(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 200; i++) {
                var limit = Duration.ofNanos(i * 1_000L);
                var block = new AtomicReference<Timeout>();
                var thrown = catchThrowable(() -> timeout(limit, timeout -> {
                    block.set(timeout);
                    sleep(limit);
                }));
                assertThat(thrown == null || thrown instanceof TimeoutException).isTrue();
                assertThat(block.get().expired() || thrown == null).isTrue();
                assertNothingPending();
            }
        });
    }

    @OnEveryRuntime
    void to5_withoutLimit_neverExpires(TestRuntime runtime) throws Exception {
        for (var limit : List.of(FOREVER, ofSeconds(Long.MAX_VALUE))) {
            runtime.run(() -> {
                var block = new AtomicReference<Timeout>();
                String result = timeout(limit, timeout -> {
                    block.set(timeout);
                    sleep(ofMillis(1));
                    return "done";
                });
                assertThat(result).isEqualTo("done");
                assertThat(block.get().expired()).isFalse();
                assertThat(block.get().when().isNever()).isTrue();
            });
        }
    }

    @OnEveryRuntime
    void to5_deadlineNever_neverExpires(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            timeoutAt(Deadline.never(), timeout -> {
                block.set(timeout);
                sleep(ofMillis(1));
            });
            assertThat(block.get().expired()).isFalse();
            assertThat(block.get().when()).isEqualTo(Deadline.never());
        });
    }

    @OnEveryRuntime
    void to6_zero_firesAtTheFirstWaitThoughThatIsOfNoLength(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertFiresAtTheFirstWait(ZERO));
    }

    @OnEveryRuntime
    void to6_zeroWithoutAnyWait_letsTheBodyReturn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(timeout(ZERO, () -> "no wait")).isEqualTo("no wait");
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to7_negative_firesAtTheFirstWait(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertFiresAtTheFirstWait(ofSeconds(-11));
            assertFiresAtTheFirstWait(ofSeconds(Long.MIN_VALUE));
        });
    }

    @OnEveryRuntime
    void to7_deadlineInThePast_firesAtTheFirstWait(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var deadline = Deadline.after(ofSeconds(-11));
            var block = new AtomicReference<Timeout>();
            var wentOn = new AtomicBoolean();
            assertThatThrownBy(() -> timeoutAt(deadline, timeout -> {
                        block.set(timeout);
                        sleep(ZERO);
                        wentOn.set(true);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(wentOn).isFalse();
            assertThat(block.get().when()).isEqualTo(deadline);
            assertNothingPending();
        });
    }

    private static void assertFiresAtTheFirstWait(Duration limit) throws InterruptedException {
        for (var nap : List.of(ZERO, FOREVER)) {
            var block = new AtomicReference<Timeout>();
            var wentOn = new AtomicBoolean();
            assertThatThrownBy(() -> timeout(limit, timeout -> {
                        block.set(timeout);
                        sleep(nap);
                        wentOn.set(true);
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(block.get()).isNotNull();
            assertThat(block.get().expired()).isTrue();
            assertThat(block.get().when().hasPassed()).isTrue();
            assertThat(wentOn).isFalse();
            assertNothingPending();
        }
    }

    @OnEveryRuntime
    void to8_bodyFails_itsExceptionPassesUnchanged(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var block = new AtomicReference<Timeout>();
            var thrown = catchThrowable(() -> timeout(ofHours(1), (Timeout timeout) -> {
                block.set(timeout);
                throw boom;
            }));
            assertThat(thrown).isSameAs(boom).hasNoSuppressedExceptions().hasNoCause();
            assertThat(block.get().expired()).isFalse();
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void to9_timeoutException_isCausedByTheCancellation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var caught = new AtomicReference<Throwable>();
            var thrown = catchThrowable(() -> timeout(ofMillis(1), () -> hangAndRemember(caught)));
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertThat(thrown.getCause()).isInstanceOf(CancelledException.class).isSameAs(caught.get());
        });
    }

    @OnPlatformThread
    void to23_onPlatformThreadOutsideOfARun_works() throws Exception {
        assertThat(Thread.currentThread().isVirtual()).isFalse();
        assertThatThrownBy(() -> timeout(ofMillis(1), () -> sleep(FOREVER))).isInstanceOf(TimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(timeout(ofHours(1), () -> 5)).isEqualTo(5);
        sleep(ZERO);
    }

    @OnPlatformThread
    void to23_blockedInACallOfTheJdk_isInterrupted() {
        assertThatThrownBy(() -> timeout(ofMillis(1), () -> new CountDownLatch(1).await()))
                .isInstanceOf(TimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static void hangAndRemember(AtomicReference<Throwable> caught) throws InterruptedException {
        try {
            sleep(FOREVER);
        } catch (InterruptedException e) {
            caught.set(e);
            throw e;
        }
    }

    private static void assertNothingPending() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
    }
}
