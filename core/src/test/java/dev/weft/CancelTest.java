package dev.weft;

import static dev.weft.Tasks.reasonOf;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.failure.Sneaky;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * C: cancel and cancelling. How it passes along from waiter to awaited is in {@link CancelAwaitedTest}; taking it back
 * in {@link UncancelTest}.
 */
class CancelTest {

    @OnEveryRuntime
    void c1_pendingTaskAcceptsAndEndsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(body);
            body.started.await();
            assertThat(task.cancel()).isTrue();
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(body.interruption()).isInstanceOf(CancelledException.class);
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.isDone()).isTrue();
            assertThat(task.state()).isEqualTo(Future.State.CANCELLED);
        });
    }

    @OnEveryRuntime
    void c1_endedTaskRefusesAndStaysAsItIs(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var finished = createTask(() -> "a");
            var cancelled = createTask(new SleepingBody());
            cancelled.cancel();
            Tasks.join(finished, cancelled);
            assertThat(finished.cancel()).isFalse();
            assertThat(finished.result()).isEqualTo("a");
            assertThat(cancelled.cancel("again")).isFalse();
            assertThat(cancelled.isCancelled()).isTrue();
        });
    }

    /** There a task does not begin before its creator waits. */
    @Test
    void c2_taskCancelledBeforeItBeginsNeverRuns() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var ran = new AtomicBoolean();
            var task = createTask(() -> ran.set(true));
            assertThat(task.cancel("no longer needed")).isTrue();
            assertThatThrownBy(task::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("no longer needed");
            assertThat(ran).isFalse();
            assertThat(task.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            cancelled -> assertThat(cancelled.cancellation().reason())
                                    .isEqualTo("no longer needed"));
        });
    }

    @OnEveryRuntime
    void c2_taskCancelledWhileItWaitsForItsTurnNeverRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ran = new AtomicBoolean();
            var waiting = new AtomicReference<Task<?>>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                var mayEnd = new Gate();
                group.createTask(mayEnd::await);
                var second = group.createTask(() -> ran.set(true));
                waiting.set(second);
                assertThat(second.cancel("no longer needed")).isTrue();
                mayEnd.open();
            });
            assertThat(ran).isFalse();
            assertThat(waiting.get().outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            cancelled -> assertThat(cancelled.cancellation().reason())
                                    .isEqualTo("no longer needed"));
        });
    }

    @OnEveryRuntime
    void c3_reasonIsFoundAgainInResultAndException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var reason = new Object();
            var body = new SleepingBody();
            var task = createTask(body);
            body.started.await();
            task.cancel(reason);
            Tasks.join(task);
            assertThat(((CancelledException) body.interruption()).cancellation().reason())
                    .isSameAs(reason);
            assertThatThrownBy(task::result)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isSameAs(reason));
            assertThatThrownBy(task::exception)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isSameAs(reason));
            assertThatThrownBy(task::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isSameAs(reason));
        });
    }

    @OnEveryRuntime
    void c3_noReasonIsNull(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(body);
            body.started.await();
            task.cancel(true);
            Tasks.join(task);
            assertThatThrownBy(task::result)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isNull());
        });
    }

    @OnEveryRuntime
    void c3_reasonIsFoundAgainThoughTheBodyHasThrownNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var reason = new Object();
            var returned = createTask(() -> {
                self().cancel(reason);
                return "a";
            });
            Tasks.join(returned);
            var neverBegun = new AtomicReference<Task<?>>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                var mayEnd = new Gate();
                group.createTask(mayEnd::await);
                neverBegun.set(group.createTask(() -> "b"));
                neverBegun.get().cancel(reason);
                mayEnd.open();
            });
            for (var task : List.of(returned, neverBegun.get())) {
                assertThatThrownBy(task::await)
                        .isInstanceOfSatisfying(
                                CancellationException.class,
                                thrown -> assertThat(reasonOf(thrown)).isSameAs(reason));
            }
        });
    }

    @OnEveryRuntime
    void c4_requestsAreCountedAndShown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var mayEnd = new Gate();
            var task = createTask("stubborn", () -> {
                started.open();
                mayEnd.awaitStubbornly();
                return "a";
            });
            started.await();
            assertThat(task.cancelling()).isZero();
            assertThat(task.toString()).startsWith("<Task pending ");
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(task.toString()).startsWith("<Task cancelling ");
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancelling()).isEqualTo(2);
            assertThat(task.toString()).startsWith("<Task cancelling ");
            mayEnd.open();
            assertThat(task.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void c10_taskMayCatchTheRequestAndReturn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var task = createTask(() -> {
                try {
                    started.open();
                    return sleep(FOREVER, "never");
                } catch (CancelledException e) {
                    return "cleaned up";
                }
            });
            started.await();
            assertThat(task.cancel()).isTrue();
            assertThat(task.await()).isEqualTo("cleaned up");
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
        });
    }

    @OnEveryRuntime
    void c11_taskMayIgnoreTheRequestAndLaterWaitsAreUnaffected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var mayEnd = new Gate();
            var task = createTask(() -> {
                try {
                    started.open();
                    sleep(FOREVER);
                } catch (CancelledException ignored) {
                    // is what this is about
                }
                sleep(Duration.ZERO);
                sleep(Duration.ofMillis(1));
                mayEnd.await();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return createTask(() -> "went on").await();
            });
            started.await();
            task.cancel();
            assertThat(Tasks.staysPending(task)).isTrue();
            mayEnd.open();
            assertThat(task.await()).isEqualTo("went on");
        });
    }

    @OnEveryRuntime
    void c11_ignoredRequestDoesNotKeepTheNextOneAway(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var ignored = new Gate();
            var task = createTask(() -> {
                try {
                    started.open();
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    ignored.open();
                }
                return sleep(FOREVER, "never");
            });
            started.await();
            task.cancel("first");
            ignored.await();
            task.cancel("second");
            assertThatThrownBy(task::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("second"));
        });
    }

    @OnEveryRuntime
    void c13_selfCancelFollowedByPlainReturnEndsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                self().cancel("at the end");
                return "a";
            });
            assertThatThrownBy(task::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("at the end");
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            cancelled -> assertThat(cancelled.cancellation().reason())
                                    .isEqualTo("at the end"));
        });
    }

    @OnEveryRuntime
    void c14_otherExceptionInTheHandlerBecomesTheOutcome(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var failure :
                    new Throwable[] {new IOException("boom"), new IllegalStateException("boom"), new Broken()}) {
                var started = new Gate();
                var task = createTask(() -> {
                    try {
                        started.open();
                        return sleep(FOREVER, "never");
                    } catch (CancelledException e) {
                        throw Sneaky.rethrow(failure);
                    }
                });
                started.await();
                task.cancel();
                assertThatThrownBy(task::await).isSameAs(failure);
                assertThat(task.isCancelled()).isFalse();
                assertThat(task.exception()).isSameAs(failure);
            }
        });
    }

    @OnEveryRuntime
    void c17_cancelOfAFailedTaskCountsAsHavingLookedAtIt(TestRuntime runtime) throws Exception {
        runtime.run(
                () -> { // which fails if a problem is reported
                    var task = createTask(() -> {
                        throw new IOException("boom");
                    });
                    Tasks.join(task);
                    assertThat(task.cancel()).isFalse();
                });
    }

    private static final class Broken extends Error {
        private static final long serialVersionUID = 1L;
    }
}
