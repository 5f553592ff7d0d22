package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.runtime.ParallelScheduler;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** TO: blocks that share a timer each expire at their own time. */
class TimeoutTimersTest {

    private static final int MANY = 100;

    @Test
    void to1_blocksOneAfterTheOtherShareATimer() throws Exception {
        var scheduler = new TimerCountingScheduler(ParallelScheduler.INSTANCE);
        try (var runner = Runner.builder()
                .runtime(() -> WeftRuntime.of(scheduler, () -> {}))
                .build()) {
            runner.run(() -> {
                for (var i = 0; i < MANY; i++) {
                    timeout(Duration.ofHours(1), () -> sleep(Duration.ZERO));
                }
                assertThat(scheduler.set()).isOne();
                timeout(Duration.ofMinutes(1), () -> sleep(Duration.ZERO));
                assertThat(scheduler.set())
                        .as("an earlier deadline needs an earlier timer")
                        .isEqualTo(2);
                assertThat(scheduler.standing()).as("which replaces the other").isOne();
            });
        }
        assertThat(scheduler.standing())
                .as("a task that has ended leaves no timer")
                .isZero();
    }

    @OnEveryRuntime
    void to1_innerBlockExpiresAlthoughTheOuterOneHasALaterTimer(TestRuntime runtime) throws Exception {
        ManualClock.run(
                runtime,
                clock -> timeout(Duration.ofHours(2), () -> {
                    var limited = limited(Duration.ofHours(1));
                    advanceWhenBlocked(clock, Duration.ofHours(1), limited);
                }));
    }

    @OnEveryRuntime
    void to1_outerBlockExpiresAfterManyInnerOnesHaveEnded(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            Body<Void, Exception> many = () -> {
                for (var i = 0; i < MANY; i++) {
                    timeout(Duration.ofMinutes(1), () -> sleep(Duration.ZERO));
                }
                sleep(FOREVER);
                return null;
            };
            Body<Void, Exception> limited = () -> {
                assertThatThrownBy(() -> timeout(Duration.ofHours(1), many))
                        .isInstanceOf(TimeoutException.class)
                        .hasMessageContaining("1h");
                return null;
            };
            advanceWhenBlocked(clock, Duration.ofHours(1), limited);
        });
    }

    @OnEveryRuntime
    void to1_laterBlockExpiresByTheTimerOfAnEarlierOneThatHasEnded(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            timeout(Duration.ofMinutes(1), () -> sleep(Duration.ZERO));
            advanceWhenBlocked(clock, Duration.ofHours(1), limited(Duration.ofHours(1)));
        });
    }

    /** The timer of the outer block goes off while that of the inner one cannot be set. */
    @OnEveryRuntime
    void h2_timerThatCannotBeSet_leavesNoRequestAndNoDeadTimer(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            assertThatThrownBy(() -> timeout(Duration.ofHours(2), () -> {
                        clock.beforeTimer = () -> {
                            clock.beforeTimer = () -> {};
                            clock.advance(Duration.ofHours(2));
                            throw new OutOfMemoryError("seeded");
                        };
                        assertThatThrownBy(() -> timeout(Duration.ofHours(1), () -> sleep(FOREVER)))
                                .isInstanceOf(OutOfMemoryError.class);
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("2h");
            assertThat(Tasks.self().cancelling()).isZero();
            advanceWhenBlocked(clock, Duration.ofHours(1), limited(Duration.ofHours(1)));
        });
    }

    @OnEveryRuntime
    void to1_timerThatGoesOffAsItIsSet_endsItsBlock(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            passOnceTimerIsSet(clock, Duration.ofHours(1));
            limited(Duration.ofHours(1)).run();
            assertThat(Tasks.self().cancelling()).isZero();
            assertThatThrownBy(() -> timeout(Duration.ofHours(2), timeout -> {
                        passOnceTimerIsSet(clock, Duration.ofHours(1));
                        timeout.reschedule(Duration.ofHours(1));
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(TimeoutException.class);
            advanceWhenBlocked(clock, Duration.ofHours(1), limited(Duration.ofHours(1)));
        });
    }

    private static void passOnceTimerIsSet(ManualClock clock, Duration duration) {
        clock.afterTimer = () -> {
            clock.afterTimer = () -> {};
            clock.advance(duration);
        };
    }

    private static Body<Void, Exception> limited(Duration limit) {
        return () -> {
            assertThatThrownBy(() -> timeout(limit, () -> sleep(FOREVER))).isInstanceOf(TimeoutException.class);
            return null;
        };
    }

    /** Moves the clock when {@code body} sleeps, which stands on the calling task's own thread. */
    private static void advanceWhenBlocked(ManualClock clock, Duration duration, Body<Void, Exception> body)
            throws Exception {
        var task = Weft.currentTask().orElseThrow();
        var mover = Thread.ofVirtual().start(() -> {
            while (!task.toString().contains("waiting for=sleep")) {
                Thread.yield();
            }
            clock.advance(duration);
        });
        body.run();
        mover.join();
    }
}
