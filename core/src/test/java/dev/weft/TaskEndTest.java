package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.Sneaky;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B, C: what a task tells and keeps when it has ended, and what its waiters and callbacks leave at it. */
@Tag("races")
@Timeout(60)
class TaskEndTest {

    @OnEveryRuntime
    void b3_endedTaskKeepsNeitherItsBodyNorWhatThatCaptured(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var leaks = new Leaks();
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 20; i++) {
                tasks.add(taskWithALargeBody(leaks, i));
            }
            for (var task : tasks) {
                Tasks.join(task);
            }
            assertThat(leaks.kept(1)).isLessThanOrEqualTo(1);
            assertThat(tasks).allMatch(Task::isDone);
            tasks.forEach(Task::outcome);
        });
    }

    private static Task<?> taskWithALargeBody(Leaks leaks, int i) {
        var large = leaks.watch(new int[100]);
        return switch (i % 4) {
            case 0 -> createTask(() -> large.length);
            case 1 ->
                createTask(() -> {
                    large[0]++;
                });
            case 2 ->
                createTask(() -> {
                    throw new IOException(Integer.toString(large[0]));
                });
            default -> {
                Task<?> task = createTask(() -> sleep(FOREVER, large.length));
                task.cancel();
                yield task;
            }
        };
    }

    private interface Wait {
        void on(Task<?> task) throws Exception;
    }

    /** Ten waiters give up; nothing of them is kept at a task that lives on. */
    @OnEveryRuntime
    void w10_waitsThatWereGivenUpLeaveNothingAtTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var task = createTask(() -> release.awaitStubbornly());
            var tick = Duration.ofNanos(1);
            var waits = List.<Wait>of(
                    awaited -> timeout(Duration.ofMillis(1), () -> shield(awaited)),
                    awaited -> awaited.get(1, TimeUnit.MILLISECONDS),
                    awaited -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(awaited), Duration.ofMillis(1)),
                    awaited -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(awaited), tick),
                    awaited -> timeout(Duration.ofMillis(1), () -> awaited.get()),
                    awaited -> timeout(
                            Duration.ofMillis(1), () -> waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(awaited))),
                    awaited -> awaited.onDone(done -> {}).remove());
            var kept = new ArrayList<Integer>();
            for (var wait : waits) {
                var leaks = new Leaks();
                for (var i = 0; i < 10; i++) {
                    waitInATask(leaks, task, wait);
                }
                kept.add(leaks.kept(3));
            }
            release.open();
            assertThat(kept).allMatch(count -> count <= 3);
        });
    }

    private static void waitInATask(Leaks leaks, Task<?> task, Wait wait) throws InterruptedException {
        Tasks.join(leaks.watch(createTask(() -> {
            try {
                wait.on(task);
            } catch (TimeoutException e) {
                // as it should
            }
        })));
    }

    @OnEveryRuntime
    void c9_failuresOfAnAwaitedTaskThatIsStoppedWithItsAwaiterAreFound(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("clean-up");
            var begun = new Gate();
            var awaited = createTask(() -> {
                begun.open();
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    e.addSuppressed(failure);
                    throw e;
                }
            });
            var told = new AtomicReference<Throwable>();
            var awaiter = createTask(() -> {
                try {
                    awaited.await();
                } catch (CancelledException e) {
                    told.set(e);
                    throw e;
                }
            });
            begun.await();
            Soon.waits(awaiter);
            awaiter.cancel("stop");
            assertThatThrownBy(() -> Soon.result(awaiter)).isInstanceOf(CancellationException.class);
            assertThat(GroupFailures.foundIn(told.get())).contains(failure);
        });
    }

    @OnEveryRuntime
    void b6_callbacksAreAllCalledInOrderWhateverTheyThrow(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            var called = new CopyOnWriteArrayList<Integer>();
            var all = new Gate().openInTheEnd();
            var release = new Gate();
            var task = createTask(() -> release.awaitStubbornly());
            for (var thrown : List.of(
                    new AssertionError("error"),
                    new IllegalStateException("exception"),
                    new StackOverflowError("fatal"))) {
                task.onDone(done -> {
                    called.add(called.size());
                    throw Sneaky.rethrow(thrown);
                });
            }
            var removed = task.onDone(done -> called.add(100));
            task.onDone(done -> {
                called.add(called.size());
                assertThat(done).isSameAs(task);
                all.open();
            });
            removed.remove();
            removed.remove();
            release.open();
            all.await();
            assertThat(called).containsExactly(0, 1, 2, 3);
            var late = new Gate().openInTheEnd();
            task.onDone(done -> {
                called.add(called.size());
                late.open();
            });
            late.await();
            assertThat(called).hasSize(5);
        });
        assertThat(problems)
                .allMatch(problem -> problem.kind() == Problem.Kind.CALLBACK_FAILURE)
                .extracting(problem -> problem.exception().getMessage())
                .containsExactly("error", "exception", "fatal");
    }

    @Test
    void b3_whoSeesThatATaskIsDoneSeesHowItEnded() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 5_000 * Integer.getInteger("weft.stress", 1); i++) {
                var round = i;
                var task = createTask(() -> {
                    Tasks.linger(round, 1, 53);
                    return round;
                });
                while (!task.isDone()) {
                    Thread.onSpinWait();
                }
                assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
                assertThat(task.resultNow()).isEqualTo(round);
            }
        });
    }

    @Test
    void b3_outcomeIsThereBeforeAnybodyIsTold() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var seen = new CopyOnWriteArrayList<Object>();
            var main = Tasks.self();
            hooks.whenDone = task -> {
                if (task != main) {
                    seen.add(task.state());
                }
            };
            Soon.result(createTask(() -> 1));
            Yielding.until(() -> seen.size() == 1); // a task tells of its end on its own thread, after the end is there
            var failed = createTask(() -> {
                throw new IOException("broken");
            });
            Tasks.join(failed);
            Yielding.until(() -> seen.size() == 2);
            assertThat(seen).containsExactly(Future.State.SUCCESS, Future.State.FAILED);
            assertThat(failed.exception()).hasMessage("broken");
        });
    }

    @Test
    void t4_valuesThatTwoTasksOfOneContextSetAtOnceAreBothThere() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 1_500 * Integer.getInteger("weft.stress", 1); i++) {
                var context = TaskContext.empty();
                var begun = new AtomicInteger();
                var locals = List.of(TaskLocal.<Integer>named("a"), TaskLocal.<Integer>named("b"));
                var tasks = new ArrayList<Task<?>>();
                for (var local : locals) {
                    tasks.add(createTask(TaskOptions.defaults().context(context), () -> {
                        begun.incrementAndGet();
                        for (var spins = 0; begun.get() < 2; spins++) {
                            if (spins % 500 == 499) {
                                Thread.yield();
                            }
                            Thread.onSpinWait();
                        }
                        local.set(1);
                    }));
                }
                for (var task : tasks) {
                    task.await();
                }
                assertThat(context.find(locals.get(0))).isEqualTo(1);
                assertThat(context.find(locals.get(1))).isEqualTo(1);
            }
        });
    }

    @OnEveryRuntime
    void c13_twoCancelsOfWhichOneIsTheTasksOwnEndItCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var ownFirst : List.of(true, false)) {
                var task = createTask(() -> {
                    var self = Tasks.self();
                    if (ownFirst) {
                        self.cancel("own");
                    }
                    var asked = CompletableFuture.supplyAsync(() -> self.cancel("other"));
                    while (!asked.isDone()) {
                        Thread.onSpinWait(); // a wait would touch the interrupt status
                    }
                    if (!ownFirst) {
                        self.cancel("own");
                    }
                    return 1;
                });
                Tasks.join(task);
                assertThat(task.state()).isEqualTo(Future.State.CANCELLED);
                assertThat(((Outcome.Cancelled<?>) task.outcome())
                                .cancellation()
                                .reason())
                        .isEqualTo(ownFirst ? "other" : "own");
            }
        });
    }

    @OnEveryRuntime
    void c16_interruptThatWasPendingEndsACallWithNothingToWaitFor(TestRuntime runtime) throws Exception {
        VoidBody<Exception> calls = () -> {
            for (var call : List.<VoidBody<Exception>>of(
                    () -> gather(),
                    () -> Weft.mapConcurrent(List.of(), 1, item -> item),
                    () -> sleep(Duration.ZERO),
                    () -> Weft.taskGroup(group -> {}))) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(call::execute)
                        .isInstanceOf(InterruptedException.class)
                        .isNotInstanceOf(CancelledException.class);
                assertThat(Thread.interrupted()).isFalse();
            }
        };
        runtime.run(calls);
        calls.execute();
    }

    @OnEveryRuntime
    void c4_uncancelTakesBackTheCancelAndNotTheLimit(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatThrownBy(() -> timeout(Duration.ofHours(1), limit -> {
                    Tasks.self().cancel("mine");
                    limit.reschedule(Duration.ZERO);
                    assertThat(Tasks.self().cancelling()).isEqualTo(2);
                    assertThat(Tasks.self().uncancel()).isOne();
                    assertThat(Tasks.self().uncancel()).isOne();
                    sleep(FOREVER);
                }))
                .isInstanceOf(TimeoutException.class));
    }

    @OnEveryRuntime
    void c3_latestReasonIsTheTasksAndEachRequestIsToldOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var told = new ArrayList<Object>();
            var task = createTask(() -> {
                for (var reason : List.of("one", "two")) {
                    Tasks.self().cancel(reason);
                    told.add(((CancelledException) catchThrowable(() -> sleep(FOREVER)))
                            .cancellation()
                            .reason());
                    sleep(Duration.ZERO);
                }
                assertThat(Tasks.self().cancelling()).isEqualTo(2);
                Tasks.self().cancel("three");
                sleep(FOREVER);
            });
            assertThatThrownBy(() -> Soon.result(task)).hasMessageContaining("three");
            assertThat(told).containsExactly("one", "two");
        });
    }

    @OnEveryRuntime
    void b5_getThatTimesOutNamesItsTaskAndLeavesIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Gate();
            var task = createTask("slow", () -> {
                release.awaitStubbornly();
                return 3;
            });
            assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("get(1ms) of task 'slow'");
            assertThat(task.cancelling()).isZero();
            release.open();
            assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(task.get(0, TimeUnit.SECONDS)).isEqualTo(3);
        });
    }
}
