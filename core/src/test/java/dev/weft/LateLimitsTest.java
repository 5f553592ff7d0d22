package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.LateLimits.Observed;
import dev.weft.LateLimits.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** J27: an outer limit that passes while an inner block, which has already expired, still cleans up. */
class LateLimitsTest {

    private static final int ATTEMPTS = 7;

    @OnEveryRuntime
    void j27_outerLimitPassesInTheCleanUp_outerIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var inner = new AtomicReference<Throwable>();
            var thrown = catchThrowable(() -> timeout(ofSeconds(100), outer -> {
                try {
                    timeout(ofMillis(1), () -> {
                        try {
                            sleep(FOREVER);
                        } finally {
                            outer.reschedule(ofMillis(1));
                            sleep(FOREVER);
                        }
                    });
                } catch (Throwable e) {
                    inner.set(e);
                    throw e;
                }
            }));
            assertThat(inner.get()).isInstanceOf(CancelledException.class);
            assertThat(thrown).isInstanceOf(DeadlineExceededException.class).hasMessageContaining("1m40s");
        });
    }

    @OnEveryRuntime
    void j27_outerLimitPassesInACleanUpThatDoesNotWait_outerIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatThrownBy(() -> timeout(ofSeconds(100), outer -> {
                    try {
                        timeout(ofMillis(1), () -> {
                            try {
                                sleep(FOREVER);
                            } finally {
                                outer.reschedule(Duration.ZERO);
                            }
                        });
                    } catch (TimeoutException e) {
                        return "the inner one hides the outer one";
                    }
                    return "not reached";
                }))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("1m40s"));
    }

    @OnEveryRuntime
    void j27_everyNestingInWeftsWaits_theOutermostThatHasPassedIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertAllAsModelled(Weft::sleep));
    }

    @OnEveryRuntime
    @NotSimulated("waits outside")
    void j27_everyNestingInWaitsOutsideOfWeft_theOutermostThatHasPassedIsThrown(TestRuntime runtime) throws Exception {
        assumeFalse(runtime.takesTurns(), "one wait outside would hold up the others");
        runtime.run(() -> assertAllAsModelled(Thread::sleep));
    }

    /**
     * Runs all programs at once. A program that is held up by a busy machine, which its wake-ups tell, is run again
     * with longer times.
     */
    private static void assertAllAsModelled(Sleeper sleeper) throws InterruptedException {
        var left = LateLimits.all();
        assertThat(left).hasSizeGreaterThan(300);
        var unit = ofMillis(5);
        for (var attempt = 1; !left.isEmpty(); attempt++) {
            var observed = observe(left, unit, sleeper);
            var heldUp = new ArrayList<LateLimits>();
            for (var i = 0; i < left.size(); i++) {
                var program = left.get(i);
                if (!observed.get(i).isLike(program.model())) {
                    if (attempt == ATTEMPTS
                            || observed.get(i).wakeUps().equals(program.model().wakeUps())) {
                        assertThat(observed.get(i)).as("%s", program).isEqualTo(program.model());
                    }
                    heldUp.add(program);
                }
            }
            left = heldUp;
            unit = unit.multipliedBy(2);
        }
    }

    private static List<Observed> observe(List<LateLimits> programs, Duration unit, Sleeper sleeper)
            throws InterruptedException {
        var bodies = new ArrayList<Body<Observed, RuntimeException>>();
        for (var program : programs) {
            bodies.add(() -> program.run(unit, sleeper));
        }
        return gather(bodies);
    }
}
