package dev.weft;

import static dev.weft.Dumps.children;
import static dev.weft.Dumps.find;
import static dev.weft.Dumps.findAny;
import static dev.weft.Dumps.parent;
import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Kind;
import dev.weft.diagnostics.Entry.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a dump says of each kind of thing that runs in a run. */
class DumpTest {

    /** Until a dump says of it that it waits within Weft. */
    static Entry awaitWaiting(String name) throws InterruptedException {
        awaitTrue(() -> findAny(Weft.dump(0), name)
                .filter(entry -> entry.state() == State.WAITING)
                .isPresent());
        return find(Weft.dump(0), name);
    }

    @OnEveryRuntime
    void nestedCalls_standUnderWhoHasMadeThem(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var background = createTask("background", () -> sleep(FOREVER));
            var worker = createTask(
                    "worker",
                    () -> taskGroup(group -> {
                        group.createTask(
                                TaskOptions.named("child"), () -> gather(() -> sleep(FOREVER), () -> sleep(FOREVER)));
                    }));
            awaitWaiting("child");
            awaitWaiting("worker");
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            var child = find(dump, "child");
            assertThat(child.kind()).isEqualTo(Kind.TASK);
            assertThat(child.waitingFor()).isEqualTo("the end of a gather of 2");
            assertThat(child.awaits()).hasSize(2);
            var gather = children(dump, child).getFirst();
            assertThat(gather.name()).isEqualTo("gather of 2");
            assertThat(children(dump, gather)).extracting(Entry::id).isEqualTo(child.awaits());
            var group = parent(dump, child);
            assertThat(group.kind()).isEqualTo(Kind.CALL);
            assertThat(group.name()).isEqualTo("task group");
            assertThat(group.state()).isEqualTo(State.WAITING);
            var workerEntry = parent(dump, group);
            assertThat(workerEntry.name()).isEqualTo("worker");
            assertThat(workerEntry.awaits()).containsExactly(child.id());
            assertThat(child.awaitedBy()).containsExactly(workerEntry.id());
            var run = parent(dump, workerEntry);
            assertThat(run.kind()).isEqualTo(Kind.RUN);
            assertThat(run.parent()).isZero();
            assertThat(run.name()).startsWith("run on ").contains("called by thread");
            assertThat(children(dump, run))
                    .extracting(Entry::name)
                    .containsExactly(self().name(), "background", "worker");
            worker.cancel();
            background.cancel();
            Tasks.join(worker, background);
            assertThat(children(Weft.dump(0), find(Weft.dump(0), run.name()))).hasSize(1);
        });
    }

    @OnEveryRuntime
    void eachKindOfCall_isNamedAndHasItsTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var calls = List.of(
                    createTask("gathers", () -> gather(() -> sleep(FOREVER))),
                    createTask("races", () -> race(List.of(() -> sleep(FOREVER, "a"), () -> sleep(FOREVER, "b")))),
                    createTask("maps", () -> forEachConcurrent(List.of(1, 2, 3), 2, item -> sleep(FOREVER))),
                    createTask(
                            "groups",
                            () -> taskGroup(GroupOptions.supervisor().limit(1), group -> {
                                group.createTask(() -> sleep(FOREVER));
                                group.createTask(TaskOptions.named("queued"), () -> sleep(FOREVER));
                            })),
                    createTask("completes", () -> {
                        try (var next = asCompleted(List.of(() -> sleep(FOREVER, 1)), Duration.ofHours(1))) {
                            next.iterator().next().await();
                        }
                    }));
            for (var call : calls) {
                awaitWaiting(call.name());
            }
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            assertThat(calls)
                    .extracting(task ->
                            children(dump, find(dump, task.name())).getFirst().name())
                    .containsExactly(
                            "gather of 1",
                            "race of 2",
                            "mapConcurrent with limit 2",
                            "supervising task group with limit 1",
                            "asCompleted of 1");
            assertThat(calls)
                    .extracting(task -> find(dump, task.name()).awaits().size())
                    .containsExactly(1, 2, 2, 2, 1);
            var queued = find(dump, "queued");
            assertThat(queued.state()).isEqualTo(State.NOT_STARTED);
            assertThat(queued.frames()).isEmpty();
            var order = children(dump, find(dump, "completes")).getFirst();
            assertThat(order.deadline().owner()).isEqualTo("asCompleted within 1h");
            assertThat(order.deadline().remaining())
                    .isGreaterThan(Duration.ofMinutes(59))
                    .isLessThanOrEqualTo(Duration.ofHours(1));
            calls.forEach(Task::cancel);
            Tasks.join(calls.toArray(Task<?>[]::new));
        });
    }

    @OnEveryRuntime
    void waitsForTasks_areEdges(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var awaited = createTask("awaited", () -> sleep(FOREVER));
            var other = createTask("other", () -> sleep(FOREVER));
            var waiters = List.of(
                    createTask("awaits", () -> awaited.await()),
                    createTask("shields", () -> shield(awaited)),
                    createTask("gets", () -> awaited.get(1, java.util.concurrent.TimeUnit.HOURS)),
                    createTask("waits for any", () -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(awaited, other))),
                    createTask(
                            "waits for all",
                            () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(awaited, other), Duration.ofHours(1))),
                    createTask(
                            "next",
                            () -> asCompleted(List.of(awaited, other))
                                    .iterator()
                                    .next()
                                    .await()));
            for (var waiter : waiters) {
                awaitWaiting(waiter.name());
            }
            var dump = Weft.dump(0);
            Dumps.assertWellFormed(dump);
            var id = find(dump, "awaited").id();
            var otherId = find(dump, "other").id();
            assertThat(waiters)
                    .extracting(task -> find(dump, task.name()).awaits())
                    .containsExactly(
                            List.of(id),
                            List.of(id),
                            List.of(id),
                            List.of(id, otherId),
                            List.of(id, otherId),
                            List.of(id, otherId));
            assertThat(waiters)
                    .extracting(task -> find(dump, task.name()).waitingFor())
                    .containsExactly(
                            "task 'awaited'",
                            "task 'awaited'",
                            "task 'awaited'",
                            "any of 2 tasks",
                            "all of 2 tasks",
                            "the next completion");
            assertThat(find(dump, "awaited").awaitedBy()).hasSize(waiters.size());
            assertThat(dump.awaitCycles()).isEmpty();
            waiters.forEach(Task::cancel);
            awaited.cancel();
            other.cancel();
            Tasks.join(awaited, other);
            Tasks.join(waiters.toArray(Task<?>[]::new));
        });
    }

    @OnEveryRuntime
    void deadline_isTheOneThatComesFirst(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(
                    "limited",
                    () -> timeout(Duration.ofMinutes(10), () -> timeout(Duration.ofHours(1), () -> sleep(FOREVER))));
            var deadline = awaitWaiting("limited").deadline();
            assertThat(deadline.owner()).isEqualTo("timeout of 10m");
            assertThat(deadline.remaining())
                    .isGreaterThan(Duration.ofMinutes(9))
                    .isLessThanOrEqualTo(Duration.ofMinutes(10));
            assertThat(find(Weft.dump(0), self().name()).deadline()).isNull();
            task.cancel();
            Tasks.join(task);
        });
    }

    @OnEveryRuntime
    void cancellation_saysWhyByWhomAndHowOften(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var over = new Gate();
            var task = createTask("stubborn", over::awaitStubbornly);
            awaitWaiting("stubborn");
            task.cancel("enough");
            awaitTrue(() -> find(Weft.dump(0), "stubborn").state() == State.WAITING);
            task.cancel("really enough");
            var stop = find(Weft.dump(0), "stubborn").cancellation();
            assertThat(stop.count()).isEqualTo(2);
            assertThat(stop.reason()).isEqualTo("really enough");
            assertThat(stop.by()).isEqualTo("task '" + self().name() + "'");
            assertThat(stop.since().isNegative()).isFalse();
            over.open();
            Tasks.join(task);
        });
    }

    @OnEveryRuntime
    void cancelledCall_saysWhy(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var over = new Gate();
            var task = createTask(
                    "caller",
                    () -> taskGroup(group -> {
                        group.createTask(TaskOptions.named("stays"), () -> {
                            begun.open();
                            over.awaitStubbornly();
                        });
                        begun.await();
                        group.cancel();
                    }));
            awaitTrue(() -> findAny(Weft.dump(0), "stays")
                    .filter(entry -> entry.cancellation() != null)
                    .isPresent());
            var dump = Weft.dump(0);
            var group = parent(dump, find(dump, "stays"));
            assertThat(group.cancellation().reason()).isEqualTo("the group was cancelled");
            assertThat(group.cancellation().by()).isEqualTo("task group of task 'caller'");
            over.open();
            Tasks.join(task);
        });
    }

    @OnEveryRuntime
    void reasonWhoseTextFails_isNamed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var over = new Gate();
            var task = createTask("stubborn", over::awaitStubbornly);
            awaitWaiting("stubborn");
            task.cancel(new Malicious(() -> {
                throw new StackOverflowError();
            }));
            assertThat(find(Weft.dump(0), "stubborn").cancellation().reason())
                    .contains("Malicious whose toString() throws java.lang.StackOverflowError");
            task.cancel(new Malicious(() -> "long ".repeat(1_000_000)));
            assertThat(find(Weft.dump(0), "stubborn").cancellation().reason())
                    .startsWith("long long")
                    .hasSizeLessThan(1_000);
            over.open();
            Tasks.join(task);
        });
    }

    /** A reason that does what it likes when it is printed. */
    private record Malicious(java.util.concurrent.Callable<String> text) {
        @Override
        public String toString() {
            try {
                return text.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @OnEveryRuntime
    void debugMode_tellsWhereATaskWasCreated(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().debug(true).build()) {
            runner.run(() -> {
                createTask("known", () -> sleep(FOREVER));
                assertThat(find(Weft.dump(0), "known").createdAt())
                        .startsWith("dev.weft.DumpTest.")
                        .contains("DumpTest.java:");
            });
        }
        try (var runner = runtime.builder().debug(false).build()) {
            runner.run(() -> {
                createTask("unknown", () -> sleep(FOREVER));
                assertThat(find(Weft.dump(0), "unknown").createdAt()).isNull();
            });
        }
    }

    @OnEveryRuntime
    void identityStaysFromDumpToDump(TestRuntime runtime) throws Exception {
        runtime.run(() -> gather(() -> {
            var first = Weft.dump(0);
            var second = Weft.dump(0);
            var me = find(first, self().name());
            assertThat(find(second, self().name()).id()).isEqualTo(me.id());
            assertThat(parent(second, me).id()).isEqualTo(parent(first, me).id());
            assertThat(self().name()).isEqualTo("Task-" + me.id());
        }));
    }

    @NotSimulated("blocks outside")
    @OnEveryRuntime
    void abandonedCall_isAThreadThatWasCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var never = new CountDownLatch(1);
            var task = createTask(
                    "leaves",
                    () -> abandonOnCancel(() -> {
                        begun.open();
                        while (never.getCount() > 0) {
                            try {
                                never.await();
                            } catch (InterruptedException ignored) {
                                // it cannot be interrupted
                            }
                        }
                    }));
            begun.await();
            var waitingFor = awaitWaiting("leaves").waitingFor();
            assertThat(waitingFor)
                    .startsWith("the call on thread 'weft-abandonable-")
                    .contains("leaves");
            task.cancel();
            Tasks.join(task);
            var thread = Weft.dump(0).entries().stream()
                    .filter(entry -> entry.name().startsWith("weft-abandonable-")
                            && entry.name().endsWith(" leaves"))
                    .findFirst()
                    .orElseThrow();
            assertThat(thread.kind()).isEqualTo(Kind.THREAD);
            assertThat(thread.state()).isEqualTo(State.RUNNING);
            assertThat(thread.cancellation().reason()).contains("its caller was cancelled");
            never.countDown();
            awaitTrue(() -> findAny(Weft.dump(0), thread.name()).isEmpty());
        });
    }

    @NotSimulated("a task blocks outside of Weft")
    @OnEveryRuntime
    void frames_beginWhereTheUserIs(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var nothing = new LinkedBlockingQueue<String>();
            var computes = createTask("blocks", () -> Weft.blocking(nothing::take));
            awaitTrue(() -> find(Weft.dump(20), "blocks").frames().stream()
                    .anyMatch(frame -> frame.contains("LinkedBlockingQueue.take")));
            var blocks = find(Weft.dump(8), "blocks");
            assertThat(blocks.state()).isEqualTo(State.RUNNING);
            assertThat(blocks.waitingFor()).isNull();
            assertThat(find(Weft.dump(1), "blocks").frames()).hasSize(1);
            assertThat(find(Weft.dump(0), "blocks").frames()).isEmpty();
            assertThat(find(Weft.dump(), self().name()).frames()).isNotEmpty();
            computes.cancel();
            Tasks.join(computes);
        });
    }

    @Test
    void negativeNumberOfFrames_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Weft.dump(-1)).withMessageContaining("-1");
    }

    @OnEveryRuntime
    void runThatEnds_saysWhatItWaitsFor(TestRuntime runtime) throws Exception {
        var over = new Gate();
        runtime.run(() -> {
            createTask("late", over::awaitStubbornly);
            createTask("watches", () -> {
                try {
                    sleep(FOREVER);
                } finally {
                    var dump = Weft.dump(0);
                    var run = parent(dump, find(dump, "late"));
                    assertThat(run.state()).isEqualTo(State.WAITING);
                    assertThat(run.waitingFor()).isEqualTo("the end of what main has left");
                    assertThat(run.awaits()).contains(find(dump, "late").id());
                    over.open();
                }
            });
            awaitWaiting("late");
            awaitWaiting("watches");
        });
    }
}
