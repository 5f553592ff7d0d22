package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.allTasks;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** B: which task one is in, which tasks there are, what they are called. */
class TaskIdentityTest {

    @OnEveryRuntime
    void b3_namesThatAreNotGivenAreUniqueAndIncrease(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = new ArrayList<Task<?>>();
            tasks.add(self());
            for (var i = 0; i < 10; i++) {
                tasks.add(createTask(() -> "a"));
            }
            taskGroup(group -> {
                tasks.add(group.createTask(() -> "a"));
            });
            assertThat(tasks).extracting(Task::name).allMatch(name -> name.matches("Task-[1-9][0-9]*"));
            assertThat(tasks)
                    .extracting(task -> Long.valueOf(task.name().substring("Task-".length())))
                    .isSorted()
                    .doesNotHaveDuplicates();
        });
    }

    @OnEveryRuntime
    void b3_givenNamesAreKeptAndBorneByTheThread(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var threadName = new AtomicReference<String>();
            var task = createTask(
                    "fetch 7", () -> threadName.set(Thread.currentThread().getName()));
            task.await();
            assertThat(task.name()).isEqualTo("fetch 7");
            assertThat(threadName).hasValue("fetch 7");
            assertThat(createTask(TaskOptions.named("fetch 8"), () -> "a").name())
                    .isEqualTo("fetch 8");
            assertThat(self().name()).isEqualTo(Thread.currentThread().getName());
        });
    }

    /** A name is a string here, so that nothing needs to be made one; what is left to be rejected is none. */
    @OnEveryRuntime
    void b3_nullIsNoName(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatNullPointerException()
                    .isThrownBy(() -> createTask((String) null, () -> "a"))
                    .withMessageContaining("name");
            assertThatNullPointerException()
                    .isThrownBy(() -> TaskOptions.defaults().name(null));
        });
    }

    @OnEveryRuntime
    void b6_currentTaskIsRightAcrossInterleaving(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 20; i++) {
                tasks.add(createTask(() -> {
                    var me = self();
                    for (var turn = 0; turn < 5; turn++) {
                        sleep(Duration.ZERO);
                        assertThat((Object) self()).isSameAs(me);
                    }
                    gather(
                            () -> assertThat((Object) self()).isNotSameAs(me).isNotSameAs(main),
                            () -> sleep(Duration.ofMillis(1), "a"));
                    assertThat((Object) self()).isSameAs(me);
                    return me;
                }));
            }
            for (var task : tasks) {
                assertThat(task.await()).isSameAs(task);
                assertThat((Object) self()).isSameAs(main);
            }
        });
    }

    @OnEveryRuntime
    void b6_blocksOnTheCallersThreadRunInTheCallersTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            timeout(FOREVER, () -> assertThat((Object) self()).isSameAs(main));
            taskGroup(group -> {
                assertThat((Object) self()).isSameAs(main);
            });
        });
    }

    @Test
    void b6_thereIsNoneOutside() throws Exception {
        assertThat(currentTask()).isEmpty();
        TestRuntime.PARALLEL.run(() -> assertThat(currentTask()).isPresent());
        assertThat(currentTask()).isEmpty();
        timeout(FOREVER, () -> assertThat(currentTask()).isEmpty());
        gather(() -> assertThat(currentTask()).isPresent(), () -> {});
        assertThat(currentTask()).isEmpty();
    }

    @OnEveryRuntime
    void b6_foreignThreadAndCallbackAreInNoTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var fromOutside = Weft.await(Tasks.onForeignThread(Weft::currentTask));
            assertThat(fromOutside).isEmpty();

            var called = new Gate();
            var inCallback = new AtomicReference<Object>();
            var task = createTask(() -> "a");
            task.onDone(done -> {
                inCallback.set(currentTask());
                called.open();
            });
            called.await();
            assertThat(inCallback.get()).isEqualTo(Optional.empty());
        });
    }

    @OnEveryRuntime
    void b7_registryListsOnlyTasksThatHaveNotEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            assertThat(allTasks()).hasSize(1).contains(main);
            var body = new SleepingBody();
            var sleeper = createTask(body);
            assertThat(allTasks()).hasSize(2).contains(main, sleeper);
            var finished = createTask(() -> "a");
            finished.await();
            assertThat(allTasks()).hasSize(2).contains(main, sleeper);
            sleeper.cancel();
            Tasks.join(sleeper);
            assertThat(allTasks()).hasSize(1).contains(main);
        });
        assertThat(allTasks()).isEmpty();
    }

    @OnEveryRuntime
    void b7_registryListsChildrenOfStructuredCallsAndGroups(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            gather(
                    () -> {
                        var me = self();
                        taskGroup(group -> {
                            var child = group.createTask(new SleepingBody());
                            assertThat(allTasks()).contains(main, me, child);
                            group.cancel();
                        });
                    },
                    () -> {});
            assertThat(allTasks()).hasSize(1);
        });
    }

    @OnEveryRuntime
    void b7_endedTaskIsNotKeptByItsRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = endedTasks();
            // without a pause, so that no carrier that has ended a task gets anything else to run
            while (ended.stream().anyMatch(task -> task.get() != null)) {
                System.gc();
            }
        });
    }

    @OnEveryRuntime
    void b7_snapshotsTakenWhileTasksComeAndGoAreSound(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            var over = new Gate();
            var watcher = createTask(() -> {
                var me = self();
                while (!over.isOpen()) {
                    assertThat(allTasks()).contains(main, me).doesNotContainNull();
                    sleep(Duration.ZERO);
                }
            });
            for (var round = 0; round < 20; round++) {
                var tasks = new ArrayList<Task<?>>();
                for (var i = 0; i < 20; i++) {
                    tasks.add(createTask(() -> sleep(Duration.ZERO)));
                }
                assertThat(allTasks()).contains(main);
                Tasks.join(tasks.toArray(Task<?>[]::new));
                assertThat(allTasks()).doesNotContainAnyElementsOf(tasks);
            }
            over.open();
            watcher.await();
            assertThat(allTasks()).hasSize(1);
        });
    }

    @OnEveryRuntime
    void b15_taskWhereABodyIsWantedIsUsedItself(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var runs = new ArrayList<Task<?>>();
            Task<Integer> task = createTask(() -> {
                runs.add(self());
                return runs.size();
            });
            assertThat(gather(task, task)).containsExactly(1, 1);
            assertThat(asCompleted(List.of(task)).iterator().next().task()).isSameAs(task);
            assertThat(shield(task)).isEqualTo(1);
            assertThat(Weft.waitFor(task, FOREVER)).isEqualTo(1);
            assertThat(runs).hasSize(1).first().isSameAs(task);
        });
    }

    @OnEveryRuntime
    void b15_taskOrNullCannotBeStarted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("job", () -> "a");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> createTask(task))
                    .withMessageContaining("job");
            assertThatIllegalArgumentException().isThrownBy(() -> createTask("other", task));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Weft.currentRun().createTask(task));
            taskGroup(group -> {
                assertThatIllegalArgumentException().isThrownBy(() -> group.createTask(task));
            });
            assertThatNullPointerException()
                    .isThrownBy(() -> createTask((Body<String, RuntimeException>) null))
                    .withMessageContaining("body");
            assertThatNullPointerException().isThrownBy(() -> shield((Body<String, RuntimeException>) null));
            awaitTrue(task::isDone);
            assertThat(allTasks()).hasSize(1);
        });
    }

    private static List<WeakReference<Task<?>>> endedTasks() throws InterruptedException {
        var references = new ArrayList<WeakReference<Task<?>>>();
        var tasks = new ArrayList<Task<?>>();
        for (var i = 0; i < 16; i++) {
            var task = createTask(() -> "a");
            tasks.add(task);
            references.add(new WeakReference<>(task));
        }
        Tasks.join(tasks.toArray(Task<?>[]::new));
        return references;
    }

    @OnEveryRuntime
    void b6_handlerHandedOnToAnotherThreadDoesNotMakeItTheTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var seen = new AtomicReference<Object>("nothing");
            var handler = Thread.currentThread().getUncaughtExceptionHandler();
            var thread = Thread.ofPlatform().uncaughtExceptionHandler(handler).unstarted(() -> seen.set(currentTask()));
            thread.start();
            thread.join();
            assertThat(seen).hasValue(Optional.empty());
        });
    }

    @OnEveryRuntime
    void b6_bodyThatReplacesItsThreadsHandlerIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var runner = runtime.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                createTask("replacing", () -> {
                            Thread.currentThread().setUncaughtExceptionHandler((thread, exception) -> {});
                            assertThat(currentTask()).isEmpty();
                            return "a";
                        })
                        .await();
                createTask("restoring", () -> {
                            var thread = Thread.currentThread();
                            var before = thread.getUncaughtExceptionHandler();
                            thread.setUncaughtExceptionHandler((thrower, exception) -> {});
                            thread.setUncaughtExceptionHandler(before);
                            return self();
                        })
                        .await();
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REPLACED_HANDLER);
            assertThat(problem.message()).contains("replacing");
        });
    }
}
