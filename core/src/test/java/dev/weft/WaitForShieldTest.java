package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitFor;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** {@code waitFor} around {@code shield}: the wait is limited, the task is not. */
class WaitForShieldTest {

    @OnEveryRuntime
    void wf13_noTimeAtAllForAShieldedTask_itRunsOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "done";
            });
            for (var limit : List.of(ZERO, ofSeconds(-1))) {
                assertThatThrownBy(() -> waitFor(() -> shield(task), limit)).isInstanceOf(TimeoutException.class);
            }
            assertThat(task.isDone()).isFalse();
            assertThat(task.cancelling()).isZero();
            gate.open();
            assertThat(task.await()).isEqualTo("done");
        });
    }

    @OnEveryRuntime
    void wf14_shieldedTaskWithoutLimit_isWaitedFor(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "done";
            });
            createTask(() -> {
                Yielding.stubbornly(5);
                gate.open();
            });
            assertThat(waitFor(() -> shield(task), FOREVER)).isEqualTo("done");
        });
    }

    @OnEveryRuntime
    void wf15_limitPassesForAShieldedTask_itEndsLater(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "later";
            });
            var shieldThrew = new AtomicReference<Throwable>();
            assertThatThrownBy(() -> waitFor(
                            () -> {
                                try {
                                    return shield(task);
                                } catch (InterruptedException e) {
                                    shieldThrew.set(e);
                                    throw e;
                                }
                            },
                            ofMillis(1)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(shieldThrew.get()).isInstanceOf(CancelledException.class);
            assertThat(task.isDone()).isFalse();
            assertThat(task.cancelling()).isZero();
            gate.open();
            assertThat(task.await()).isEqualTo("later");
            assertNothingPending();
        });
    }

    private static void assertNothingPending() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
    }
}
