package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.propagate;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.failure.Sneaky;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** AC: an asCompleted that is left before its end. */
class AsCompletedCloseTest {

    /**
     * A call that cannot start all bodies stops those it has started: nobody gets the completions, and could close
     * them.
     */
    @Test
    void ac5_bodyThatCannotBeStarted_othersAreStoppedAndJoinedOnAPlainThread() {
        var begun = new CountDownLatch(1);
        var captures = new AtomicInteger();
        var hasEnded = new AtomicBoolean();
        var broken = new IllegalStateException("cannot be captured");
        ContextPropagator failsForTheSecond = () -> {
            if (captures.incrementAndGet() == 2) {
                awaitUninterruptibly(begun);
                throw broken;
            }
            return () -> () -> {};
        };
        assertThatThrownBy(() -> propagate(
                        failsForTheSecond,
                        () -> asCompleted(
                                () -> {
                                    begun.countDown();
                                    try {
                                        return sleep(FOREVER, 1);
                                    } finally {
                                        hasEnded.set(true);
                                    }
                                },
                                () -> 2)))
                .isSameAs(broken);
        assertThat(hasEnded).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @OnEveryRuntime
    void close_stopsWhatRunsWhileAnotherAwaitsACompletion(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.of(new SleepingBody(), new SleepingBody());
            var completions = asCompleted(bodies);
            for (var body : bodies) {
                body.started.await();
            }
            var waiting = createTask(completions.iterator().next()::task);
            Soon.waits(waiting);
            completions.close();
            assertThat(bodies).allMatch(SleepingBody::hasEnded);
            assertThat(Soon.result(waiting).isCancelled()).isTrue();
            completions.close();
        });
    }

    @OnEveryRuntime
    void close_twoMayCloseAtTheSameTime(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var begun = new Gate();
            var completions = asCompleted(() -> {
                begun.open();
                release.awaitStubbornly();
                return 1;
            });
            begun.await();
            var closers = List.of(createTask(completions::close), createTask(completions::close));
            for (var closer : closers) {
                Soon.waits(closer);
            }
            release.open();
            for (var closer : closers) {
                Soon.result(closer);
            }
        });
    }

    @OnEveryRuntime
    void close_tellsTheReasonAndTheCloser(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            try (var completions = asCompleted(body)) {
                body.started.await();
                assertThat(completions.iterator().hasNext()).isTrue();
            }
            assertThat(((CancelledException) body.interruption()).cancellation())
                    .satisfies(why -> assertThat(why.reason()).isEqualTo("asCompleted was closed"))
                    .satisfies(why ->
                            assertThat(why.origin()).contains(Tasks.self().name()));
        });
    }

    @OnEveryRuntime
    void close_leavesNothingAtGivenTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var given = createTask(() -> release.awaitStubbornly());
            var leaks = new Leaks();
            for (var i = 0; i < 5; i++) {
                leaveOpenFor(given, leaks);
            }
            var kept = leaks.kept(1);
            release.open();
            assertThat(kept).isLessThanOrEqualTo(1);
        });
    }

    private static void leaveOpenFor(Task<?> given, Leaks leaks) throws InterruptedException {
        leaks.watch(createTask(() -> {
                    try (var completions = asCompleted(List.of(given))) {
                        assertThat(completions.iterator().hasNext()).isTrue();
                    }
                }))
                .await();
    }

    @OnEveryRuntime
    void close_reportsOnlyWhatWasNotLookedAt(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var unseen = new IllegalStateException("unseen");
            var givens = new IllegalStateException("given");
            var seen = new IllegalStateException("seen");
            var given = createTask(() -> {
                throw givens;
            });
            Tasks.join(given);
            var ended = new AtomicInteger();
            try (var completions = asCompleted(List.of(
                    given, failing(seen, ended), failing(unseen, ended), failing(new Error("unseen error"), ended)))) {
                Tasks.awaitTrue(() -> ended.get() == 3);
                var iterator = completions.iterator();
                for (var i = 0; i < 4; i++) {
                    var task = iterator.next().task();
                    if (task != given && task.outcome() instanceof Outcome.Failure<?>(var e) && e == seen) {
                        break;
                    }
                }
            }
            given.exception();
        });
        assertThat(problems)
                .allMatch(problem -> problem.kind() == Problem.Kind.UNOBSERVED_FAILURE)
                .extracting(problem -> problem.exception().getMessage())
                .doesNotContain("given", "seen")
                .doesNotHaveDuplicates();
    }

    @OnEveryRuntime
    void close_reportsEachFailureThatNobodyHasSeen(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var ended = new AtomicInteger();
            var completions =
                    asCompleted(failing(new Error("one"), ended), failing(new IllegalStateException("two"), ended));
            Tasks.awaitTrue(() -> ended.get() == 2);
            completions.close();
        });
        assertThat(problems)
                .extracting(problem -> problem.exception().getMessage())
                .containsExactlyInAnyOrder("one", "two");
    }

    @OnEveryRuntime
    void close_leavesTheFailureOfAGivenTaskToWhoHasIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var given = createTask(() -> {
                throw new IllegalStateException("given");
            });
            Tasks.join(given);
            asCompleted(List.of(given)).close();
            assertThat(given.exception()).hasMessage("given");
        });
    }

    private static Body<Integer, ?> failing(Throwable failure, AtomicInteger ended) {
        return () -> {
            ended.incrementAndGet();
            throw Sneaky.rethrow(failure);
        };
    }

    @OnEveryRuntime
    void endOfTheTask_joinsBodiesThoughItsOwnFailed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(() -> {
                asCompleted(body);
                body.started.await();
                throw new IllegalStateException("forgot it");
            });
            assertThatThrownBy(task::await).hasMessage("forgot it");
            assertThat(body.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void cancelOfTheConsumer_stopsTheBodiesOfALoopInATryBlock(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodies = List.of(new SleepingBody(), new SleepingBody());
            var task = createTask(() -> {
                try (var completions = asCompleted(bodies)) {
                    for (var next : completions) {
                        next.await();
                    }
                }
            });
            for (var body : bodies) {
                body.started.await();
            }
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(bodies).allMatch(SleepingBody::hasEnded);
        });
    }
}
