package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** B13: sleep. */
class SleepTest {

    @OnEveryRuntime
    void b13_sleepTakesItsTimeAndReturnsItsResult(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var result = new Object();
            var awake = Deadline.after(Duration.ofMillis(3));
            assertThat(sleep(Duration.ofMillis(3), result)).isSameAs(result);
            assertThat(awake.hasPassed()).isTrue();
            assertThat(sleep(Duration.ZERO, result)).isSameAs(result);
            sleep(Duration.ofNanos(1));
        });
    }

    @Test
    void b13_sleepWorksOutsideOfARun() throws Exception {
        assertThat(sleep(Duration.ofMillis(1), "a")).isEqualTo("a");
        sleep(Duration.ZERO);
    }

    @Test
    void b13_sleepOfNothingLetsTheOthersRunOnce() throws Exception {
        for (var nothing : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            TestRuntime.EVENT_LOOP.run(() -> {
                var order = new ArrayList<String>();
                gather(
                        () -> {
                            order.add("a1");
                            sleep(nothing);
                            order.add("a2");
                            sleep(nothing);
                            order.add("a3");
                        },
                        () -> {
                            order.add("b1");
                            sleep(nothing);
                            order.add("b2");
                            sleep(nothing);
                            order.add("b3");
                        });
                assertThat(order).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
            });
        }
    }

    /** There is no duration that is not a number; what is left is none, less than none and more than the clock has. */
    @OnEveryRuntime
    void b13_oddDurations(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatNullPointerException().isThrownBy(() -> sleep(null)).withMessageContaining("duration");
            assertThat(sleep(Duration.ofSeconds(Long.MIN_VALUE), "a")).isEqualTo("a");
            var longer = List.of(FOREVER, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(365 * 293L));
            for (var duration : longer) {
                var sleeper = createTask(() -> sleep(duration));
                assertThat(Tasks.staysPending(sleeper)).isTrue();
                sleeper.cancel();
                Tasks.join(sleeper);
                assertThat(sleeper.isCancelled()).isTrue();
            }
        });
    }

    /** Also those that a timer wakes, when there are as many as all processors can run that do nothing else. */
    @OnEveryRuntime
    @NotSimulated("time stands still as long as somebody can run")
    void b13_sleepOfNothingLetsSleepersGoOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var hasSlept = new AtomicBoolean();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            createTask(() -> {
                for (var times = 0; times < 20; times++) {
                    sleep(Duration.ofMillis(2));
                }
                hasSlept.set(true);
            });
            var processors = Collections.nCopies(Runtime.getRuntime().availableProcessors(), true);
            forEachConcurrent(processors, processors.size(), _ -> {
                while (!hasSlept.get() && System.nanoTime() < end) {
                    sleep(Duration.ZERO);
                }
                assertThat(hasSlept).isTrue();
            });
        });
    }

    /** One that went on as if it waited would not be interrupted. */
    @OnEveryRuntime
    void h1_waitThatOverflows_leavesTheTaskRunning(TestRuntime runtime) throws Exception {
        HookedScheduler.run(runtime, hooks -> {
            var task = createTask(() -> {
                hooks.beforeYield = strand -> {
                    throw new StackOverflowError("seeded");
                };
                assertThatThrownBy(() -> sleep(Duration.ZERO)).isInstanceOf(StackOverflowError.class);
                hooks.beforeYield = strand -> {};
                assertIsInterruptedByItsOwnCancel();
                hooks.beforePark = strand -> {
                    throw new StackOverflowError("seeded");
                };
                assertThatThrownBy(() -> sleep(Duration.ofHours(1))).isInstanceOf(StackOverflowError.class);
                hooks.beforePark = strand -> {};
                assertIsInterruptedByItsOwnCancel();
            });
            task.await();
        });
    }

    private static void assertIsInterruptedByItsOwnCancel() {
        Tasks.self().cancel("now");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        Tasks.self().uncancel();
    }
}
