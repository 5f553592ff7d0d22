package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnCancelTest {

    @OnEveryRuntime
    void j13_actionRunsOnceWhenCancelledInside(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new AtomicInteger();
            var begun = new Gate();
            var closed = new CompletableFuture<Void>();
            var task = createTask(() -> {
                onCancel(
                        () -> {
                            runs.incrementAndGet();
                            closed.complete(null);
                        },
                        () -> blocking(() -> {
                            begun.open();
                            closed.join();
                            throw new IOException("closed");
                        }));
            });
            begun.await();
            task.cancel("one");
            task.cancel("two");
            assertThatThrownBy(task::await).isInstanceOf(java.util.concurrent.CancellationException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(runs).hasValue(1);
        });
    }

    @OnEveryRuntime
    void j13_actionNeverRunsAfterTheBlock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            var over = new Gate();
            var task = createTask(() -> {
                onCancel(() -> ran.set(true), () -> sleep(ofMillis(1)));
                over.open();
                sleep(FOREVER);
            });
            over.await();
            task.cancel();
            assertThatThrownBy(task::await);
            assertThat(ran).isFalse();
        });
    }

    @NotSimulated("polls for a call outside, on whose account the clock stands still")
    @OnEveryRuntime
    void j13_blockWaitsForAnActionThatHasBegun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var actionBegun = new CompletableFuture<Void>();
            var release = new CompletableFuture<Void>();
            var actionOver = new AtomicBoolean();
            var task = createTask(() -> {
                onCancel(
                        () -> {
                            actionBegun.complete(null);
                            release.join();
                            actionOver.set(true);
                        },
                        () -> {
                            begun.open();
                            sleep(FOREVER);
                        });
            });
            begun.await();
            task.cancel();
            Weft.await(actionBegun);
            sleep(java.time.Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            release.complete(null);
            assertThatThrownBy(task::await);
            assertThat(actionOver).isTrue();
        });
    }

    @OnEveryRuntime
    void j13_innerTimeoutIsNoCancelOfTheOuterBlock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            onCancel(() -> ran.set(true), () -> {
                assertThatThrownBy(() -> timeout(ofMillis(1), () -> sleep(ofHours(1))))
                        .isInstanceOf(TimeoutException.class);
            });
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void j13_alreadyCancelledOnEntry_actionRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new CompletableFuture<Void>();
            var task = createTask(() -> {
                currentTask().orElseThrow().cancel();
                onCancel(() -> ran.complete(null), () -> blocking(ran::join));
            });
            assertThatThrownBy(task::await);
            assertThat(ran).isCompleted();
        });
    }

    @OnEveryRuntime
    void j13_actionThatFailsIsNotLost(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var failure = new IllegalStateException("cannot close");
            assertThatThrownBy(() -> timeout(
                            ofMillis(1),
                            () -> onCancel(
                                    () -> {
                                        throw failure;
                                    },
                                    () -> sleep(FOREVER))))
                    .isInstanceOf(TimeoutException.class)
                    .satisfies(e -> assertThat(e.getCause().getSuppressed()).containsExactly(failure));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void j13_onAPlainThread_timeoutTriggersTheAction() {
        var closed = new CompletableFuture<Void>();
        assertThatThrownBy(() -> timeout(
                        ofMillis(1),
                        () -> onCancel(() -> closed.complete(null), () -> {
                            closed.join();
                            throw new IOException("closed");
                        })))
                .isInstanceOf(TimeoutException.class)
                .rootCause()
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @OnEveryRuntime
    @NotSimulated("waits for an action outside, on whose account the clock stands still")
    void j13_limitRunsTheActionAndTheBodyReturns_timesOut(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var killed = new CompletableFuture<String>();
            assertThatThrownBy(() -> timeout(
                            ofMillis(1), () -> onCancel(() -> killed.complete("cut"), () -> blocking(killed::join))))
                    .isInstanceOf(TimeoutException.class)
                    .cause()
                    .isInstanceOf(CancelledException.class);
            sleep(java.time.Duration.ZERO);
        });
    }

    @OnEveryRuntime
    @NotSimulated("waits for an action outside, on whose account the clock stands still")
    void j13_outerLimitRunsTheAction_theOuterOneTimesOut(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var killed = new CompletableFuture<String>();
            assertThatThrownBy(() -> timeout(
                            ofMillis(1),
                            () -> timeout(
                                    ofHours(1),
                                    () -> onCancel(() -> killed.complete("cut"), () -> blocking(killed::join)))))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("1ms");
        });
    }

    @OnEveryRuntime
    @NotSimulated("waits for an action outside, on whose account the clock stands still")
    void j13_valueThatIsSaidToBeComplete_isKept(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var killed = new CompletableFuture<String>();
            var value = timeout(
                    ofMillis(1),
                    () -> onCancel(() -> killed.complete("whole"), () -> blocking(killed::join), "whole"::equals));
            assertThat(value).isEqualTo("whole");
            sleep(java.time.Duration.ZERO);
            var cut = new CompletableFuture<String>();
            assertThatThrownBy(() -> timeout(
                            ofMillis(1),
                            () -> onCancel(() -> cut.complete("cut"), () -> blocking(cut::join), "whole"::equals)))
                    .isInstanceOf(TimeoutException.class);
        });
    }

    @OnEveryRuntime
    void j4_taskIsCancelledAndTheActionRunsAndTheBodyReturns_hasSucceeded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var killed = new CompletableFuture<String>();
            var task = createTask(() -> onCancel(() -> killed.complete("answer"), () -> {
                begun.open();
                return blocking(killed::join);
            }));
            begun.await();
            task.cancel();
            assertThat(task.await()).isEqualTo("answer");
        });
    }

    @OnEveryRuntime
    void j13_bodyReturnsBeforeTheLimit_itsValueIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var value = timeout(ofHours(1), () -> onCancel(() -> {}, () -> "value"));
            assertThat(value).isEqualTo("value");
        });
    }

    @Test
    void j13_processThatIsKilledByALimit_givesNoCutOutput() throws Exception {
        var process = new ProcessBuilder("sh", "-c", "echo begin; exec sleep 1000").start();
        assertThatThrownBy(() -> timeout(
                        ofMillis(100),
                        () -> onCancel(
                                process::destroyForcibly,
                                () -> new String(process.getInputStream().readAllBytes()))))
                .isInstanceOf(TimeoutException.class);
        assertThat(process.waitFor()).isNotZero();
    }
}
