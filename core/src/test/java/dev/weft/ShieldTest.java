package dev.weft;

import static dev.weft.Tasks.reasonOf;
import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** S: shield. */
class ShieldTest {

    @OnEveryRuntime
    void s1_resultPassesThrough(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var result = new Object();
            var task = createTask(() -> sleep(Duration.ZERO, result));
            assertThat(shield(task)).isSameAs(result);
            assertThat(shield(() -> result)).isSameAs(result);
        });
    }

    @OnEveryRuntime
    void s1_sameExceptionPassesThrough(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Task<String> task = createTask(() -> {
                sleep(Duration.ZERO);
                throw failure;
            });
            assertThatThrownBy(() -> shield(task)).isSameAs(failure);
            assertThatThrownBy(() -> shield(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void s2_innerCancelledEndsTheOuterAsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            var outer = createTask(() -> shield(inner));
            body.started.await();
            inner.cancel("not needed");
            assertThatThrownBy(() -> shield(inner))
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("not needed"));
            assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
            assertThat(outer.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void s3_outerCancelledLeavesTheInnerUntouched(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            body.started.await();
            var outer = waitingIn(() -> shield(inner));
            outer.cancel();
            Tasks.join(outer);
            assertThat(outer.isCancelled()).isTrue();
            assertThat(inner.cancelling()).isZero();
            assertThat(inner.toString()).startsWith("<Task pending").doesNotContain("callbacks");
            assertThat(staysPending(inner)).isTrue();
        });
    }

    @OnEveryRuntime
    void s4_endedInnerIsReturnedDirectly(TestRuntime runtime) throws Exception {
        var kept = new AtomicReference<Task<String>>();
        runtime.run(() -> {
            var task = createTask(() -> "a");
            Tasks.join(task);
            assertThat(shield(task)).isEqualTo("a");
            kept.set(task);
        });
        assertThat(shield(kept.get())).as("outside of any run").isEqualTo("a");
    }

    @Test
    void s4_endedInnerLetsNobodyElseRunFirst() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var order = new ArrayList<String>();
            var task = createTask(() -> "a");
            Tasks.join(task);
            createTask(() -> order.add("other"));
            shield(task);
            order.add("shielded");
            sleep(Duration.ZERO);
            assertThat(order).containsExactly("shielded", "other");
        });
    }

    @OnEveryRuntime
    void s5_cancelledAwaiterLeavesAtOnceWhileTheInnerRunsToItsEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var inner = new AtomicReference<Task<?>>();
            var started = new Gate();
            var seenInside = new AtomicReference<Throwable>();
            var outer = createTask(() -> {
                try {
                    return shield(() -> {
                        inner.set(Tasks.self());
                        started.open();
                        mayEnd.await();
                        return "a";
                    });
                } catch (InterruptedException e) {
                    seenInside.set(e);
                    throw e;
                }
            });
            started.await();
            outer.cancel("enough");
            assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
            assertThat(seenInside.get()).isInstanceOf(CancelledException.class);
            assertThat(inner.get().isDone()).isFalse();
            assertThat(inner.get().cancelling()).isZero();
            mayEnd.open();
            assertThat(inner.get().await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void s6_innerThatFailsWhenAllShieldsAreGoneIsReportedOnce(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("boom");
        var failed = new AtomicReference<Task<?>>();
        runtime.run(problems, () -> {
            var mayFail = new Gate();
            var inner = createTask(() -> {
                mayFail.await();
                throw failure;
            });
            failed.set(inner);
            var outers = List.of(
                    waitingIn(() -> shield(inner)), waitingIn(() -> shield(inner)), waitingIn(() -> shield(inner)));
            outers.forEach(Task::cancel);
            Tasks.join(outers.toArray(Task<?>[]::new));
            mayFail.open();
            Tasks.join(inner);
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNOBSERVED_FAILURE);
            assertThat(problem.exception()).isSameAs(failure);
            assertThat(problem.task()).isSameAs(failed.get());
        });
    }

    @OnEveryRuntime
    void s6_shieldedBodyThatFailsWhenItsCallerIsGoneIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("boom");
        runtime.run(problems, () -> {
            var mayFail = new Gate();
            var started = new Gate();
            var inner = new AtomicReference<Task<?>>();
            var outer = createTask(() -> shield(() -> {
                inner.set(Tasks.self());
                started.open();
                mayFail.await();
                throw failure;
            }));
            started.await();
            outer.cancel();
            Tasks.join(outer);
            mayFail.open();
            Tasks.join(inner.get());
        });
        assertThat(problems).extracting(Problem::exception).containsExactly(failure);
    }

    @OnEveryRuntime
    void s6_innerThatFailsUnderAWaiterIsNotReported(TestRuntime runtime) throws Exception {
        runtime.run(
                () -> { // which fails if a problem is reported
                    var failure = new IOException("boom");
                    var mayFail = new Gate();
                    var inner = createTask(() -> {
                        mayFail.await();
                        throw failure;
                    });
                    var gone = waitingIn(() -> shield(inner));
                    gone.cancel();
                    Tasks.join(gone);
                    mayFail.open();
                    assertThatThrownBy(() -> shield(inner)).isSameAs(failure);
                });
    }

    @OnEveryRuntime
    void s7_innerThatSucceedsWhenTheOuterIsGoneIsSilent(TestRuntime runtime) throws Exception {
        runtime.run(
                () -> { // which fails if a problem is reported
                    var mayEnd = new Gate();
                    var inner = createTask(() -> {
                        mayEnd.await();
                        return "a";
                    });
                    var outer = waitingIn(() -> shield(inner));
                    outer.cancel();
                    Tasks.join(outer);
                    mayEnd.open();
                    Tasks.join(inner);
                });
    }

    @Test
    void shield_ofABodyWithoutARun_isRejected() {
        assertThatIllegalStateException().isThrownBy(() -> shield(() -> "a"));
    }

    /** A task that is about to wait in {@code call}, or does. */
    private static <T> Task<T> waitingIn(Body<T, ?> call) throws InterruptedException {
        var enters = new Gate();
        Task<T> task = createTask(() -> {
            enters.open();
            return call.run();
        });
        enters.await();
        return task;
    }
}
