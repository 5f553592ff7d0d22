package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitFor;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code waitFor}, of tasks and of bodies. */
class WaitForTest {

    private static final List<Duration> NOT_POSITIVE = List.of(ZERO, ofSeconds(-1));

    @OnEveryRuntime
    void wf1_callerCancelled_waitsForATaskThatIgnoresIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var asked = new Gate();
            var release = new Gate();
            var inner = createTask(() -> {
                started.open();
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                asked.open();
                release.awaitStubbornly();
            });
            started.await();
            var waiting = new Gate();
            var waiter = createTask(() -> {
                waiting.open();
                assertThatThrownBy(() -> waitFor(inner, ofHours(1))).isInstanceOf(CancelledException.class);
                return inner.isDone();
            });
            waiting.await();
            waiter.cancel();
            asked.await();
            Yielding.stubbornly(5);
            assertThat(waiter.isDone()).isFalse();
            release.open();
            assertThat(waiter.await()).isTrue();
        });
    }

    @OnEveryRuntime
    void wf2_limitPasses_waitsForTheTaskToEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(ofMillis(1), ZERO)) {
                var cleanedUp = new AtomicBoolean();
                var started = new Gate();
                var inner = createTask(() -> cleanUpSlowly(started, cleanedUp));
                started.await();
                var thrown = catchThrowable(() -> waitFor(inner, limit));
                assertThat(cleanedUp).isTrue();
                assertThat(inner.isDone()).isTrue();
                assertThat(thrown).isInstanceOf(TimeoutException.class);
                assertThat(thrown.getCause()).isInstanceOf(CancelledException.class);
                assertNothingPending();
            }
        });
    }

    @OnEveryRuntime
    void wf2_limitPasses_waitsForTheBodyToEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var cleanedUp = new AtomicBoolean();
            var thrown = catchThrowable(() -> waitFor(() -> cleanUpSlowly(new Gate(), cleanedUp), ofMillis(1)));
            assertThat(cleanedUp).isTrue();
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertThat(thrown.getCause()).isInstanceOf(CancelledException.class);
            assertNothingPending();
        });
    }

    private static void cleanUpSlowly(Gate started, AtomicBoolean cleanedUp) throws InterruptedException {
        started.open();
        try {
            sleep(FOREVER);
        } finally {
            Yielding.stubbornly(5);
            cleanedUp.set(true);
        }
    }

    @OnEveryRuntime
    void wf3_noTimeAtAllForATaskThatHasEnded_itsOutcomeIsTaken(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var finished = createTask(() -> "done");
            finished.await();
            var failed = createTask(() -> {
                throw boom;
            });
            assertThatThrownBy(failed::await).isSameAs(boom);
            for (var limit : NOT_POSITIVE) {
                assertThat(waitFor(finished, limit)).isEqualTo("done");
                assertThatThrownBy(() -> waitFor(failed, limit)).isSameAs(boom);
                assertNothingPending();
            }
        });
    }

    @OnEveryRuntime
    void wf4_noTimeAtAllForABody_neverRunsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            for (var limit : NOT_POSITIVE) {
                assertThatThrownBy(() -> waitFor(() -> ran.getAndSet(true), limit))
                        .isInstanceOf(TimeoutException.class);
                assertThatThrownBy(() -> waitFor(() -> ran.set(true), limit)).isInstanceOf(TimeoutException.class);
            }
            assertNothingPending();
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void wf5_noTimeAtAllForARunningTask_cancelsAndAwaitsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : NOT_POSITIVE) {
                var hanging = new HangingBody();
                var task = createTask(hanging);
                hanging.awaitStarted();
                assertThatThrownBy(() -> waitFor(task, limit)).isInstanceOf(TimeoutException.class);
                assertThat(task.isCancelled()).isTrue();
                assertThat(hanging.wasCancelled()).isTrue();
                assertNothingPending();
            }
        });
    }

    @OnEveryRuntime
    void wf6_limitPasses_taskHasBeenCancelledAndHasEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var hanging = new HangingBody();
            var task = createTask(hanging);
            hanging.awaitStarted();
            assertThatThrownBy(() -> waitFor(task, ofMillis(1))).isInstanceOf(TimeoutException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(hanging.wasCancelled()).isTrue();
            assertNothingPending();
        });
    }

    @OnEveryRuntime
    void wf7_withoutLimit_waitsForTheEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "task";
            });
            createTask(() -> {
                Yielding.stubbornly(5);
                gate.open();
            });
            assertThat(waitFor(task, FOREVER)).isEqualTo("task");
            assertThat(waitFor(() -> sleep(ofMillis(1), "body"), FOREVER)).isEqualTo("body");
        });
    }

    @OnEveryRuntime
    void wf8_endsBeforeTheDeadline_itsResultIsReturned(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var gate = new Gate();
            var waiting = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "ok";
            });
            var waiter = createTask(() -> {
                waiting.open();
                return waitFor(task, ofSeconds(10));
            });
            waiting.await();
            clock.advance(ofSeconds(9));
            gate.open();
            assertThat(waiter.await()).isEqualTo("ok");
            clock.advance(ofSeconds(10));
            assertThat(waiter.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void wf9_innerSwallowsTheCancellation_itsResultIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(waitFor(() -> swallowCancellation(new Gate()), ofMillis(1)))
                    .isEqualTo(42);
            var started = new Gate();
            var task = createTask(() -> swallowCancellation(started));
            started.await();
            assertThat(waitFor(task, ofMillis(1))).isEqualTo(42);
            assertThat(task.isCancelled()).isFalse();
            assertNothingPending();
        });
    }

    private static int swallowCancellation(Gate started) {
        started.open();
        assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
        return 42;
    }

    @OnEveryRuntime
    void wf10_innerFailsInItsCleanUp_thatIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(ofMillis(1), ZERO)) {
                var crash = new IOException("crash");
                var started = new Gate();
                var task = createTask(() -> failWhenCancelled(started, crash));
                started.await();
                assertThatThrownBy(() -> waitFor(task, limit)).isSameAs(crash);
                assertNothingPending();
            }
            var crash = new IOException("crash");
            assertThatThrownBy(() -> waitFor(() -> failWhenCancelled(new Gate(), crash), ofMillis(1)))
                    .isSameAs(crash);
            assertNothingPending();
        });
    }

    private static void failWhenCancelled(Gate started, IOException failure) throws IOException, InterruptedException {
        started.open();
        try {
            sleep(FOREVER);
        } catch (CancelledException e) {
            throw failure;
        }
    }

    @OnEveryRuntime
    void wf11_callerCancelled_taskIsCancelledToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(FOREVER, ofHours(1))) {
                var hanging = new HangingBody();
                var task = createTask(hanging);
                hanging.awaitStarted();
                var waiting = new Gate();
                var waiter = createTask(() -> {
                    waiting.open();
                    waitFor(task, limit);
                });
                waiting.await();
                waiter.cancel();
                assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
                assertThat(waiter.isCancelled()).isTrue();
                assertThat(task.isCancelled()).isTrue();
                assertThat(hanging.wasCancelled()).isTrue();
            }
        });
    }

    @OnEveryRuntime
    void wf11_callerCancelled_bodyIsCancelledToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(FOREVER, ofHours(1))) {
                var hanging = new HangingBody();
                var waiter = createTask(() -> waitFor(hanging, limit));
                hanging.awaitStarted();
                waiter.cancel();
                assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
                assertThat(waiter.isCancelled()).isTrue();
                assertThat(hanging.wasCancelled()).isTrue();
            }
        });
    }

    @OnEveryRuntime
    void wf11_callerCancelledBeforeItWaits_taskIsCancelledToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var hanging = new HangingBody();
            var task = createTask(hanging);
            hanging.awaitStarted();
            var waiter = createTask(() -> {
                currentTask().orElseThrow().cancel();
                waitFor(task, ofHours(1));
            });
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(hanging.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void wf12_callerCancelledAsTheTaskEnds_requestIsNotLost(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 100; i++) {
                var go = new Gate();
                var waiting = new Gate();
                var wentOn = new AtomicBoolean();
                var inner = createTask(() -> {
                    go.awaitStubbornly();
                    return 7;
                });
                var waiter = createTask(() -> {
                    waiting.open();
                    waitFor(inner, ofHours(1));
                    sleep(FOREVER);
                    wentOn.set(true);
                });
                inner.onDone(task -> waiter.cancel());
                waiting.await();
                go.open();
                assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
                assertThat(waiter.isCancelled()).isTrue();
                assertThat(wentOn).isFalse();
                assertThat(inner.result()).isEqualTo(7);
            }
        });
    }

    @OnEveryRuntime
    void wf12_callerCancelledBeforeItWaitsForAnEndedTask_isToldSo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var inner = createTask(() -> 7);
            inner.await();
            var waiter = createTask(() -> {
                currentTask().orElseThrow().cancel();
                return catchThrowable(() -> waitFor(inner, ofHours(1)));
            });
            assertThat(waiter.await()).isInstanceOf(CancelledException.class);
            assertThat(inner.result()).isEqualTo(7);
        });
    }

    private static void assertNothingPending() throws InterruptedException {
        assertThat(currentTask().orElseThrow().cancelling()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        sleep(ZERO);
    }
}
