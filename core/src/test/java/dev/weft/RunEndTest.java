package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R: what is told, and what is left, when a run ends. */
@Tag("races")
class RunEndTest {

    @OnEveryRuntime
    void r5_leftoverThatIgnoresTheEndOfItsRunIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var release = new Gate().openInTheEnd();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(1))
                .onProblem(problem -> {
                    problems.add(problem);
                    release.open();
                })
                .build()) {
            runner.run(() -> {
                var begun = new Gate();
                createTask("stubborn", () -> {
                    begun.open();
                    release.awaitStubbornly();
                });
                begun.await();
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION);
            assertThat(problem.message()).contains("stubborn", "the run is ending");
        });
    }

    @OnEveryRuntime
    void r6_leftoverThatFailsIsReportedAsSuchAndOneBeforeAsUnseen(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            Tasks.join(createTask("early", () -> {
                throw new IOException("before");
            }));
            var begun = new Gate();
            createTask("late", () -> {
                begun.open();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    e.addSuppressed(new IOException("meanwhile"));
                    throw e;
                }
            });
            begun.await();
        });
        assertThat(problems)
                .extracting(
                        problem -> problem.kind() + " " + problem.exception().getMessage() + " "
                                + problem.task().name())
                .containsExactlyInAnyOrder(
                        Problem.Kind.UNOBSERVED_FAILURE + " before early",
                        Problem.Kind.SHUTDOWN_FAILURE + " meanwhile late");
    }

    @OnEveryRuntime
    void r6_ofAThousandFailuresNoneIsReportedBeforeTheEndAndOneMoreReportsTheOldest(TestRuntime runtime)
            throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            failOneAfterTheOther(runtime, 0, 1_000);
            assertThat(problems).isEmpty();
            failOneAfterTheOther(runtime, 1_000, 1_001);
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.exception()).hasMessage("0"));
            failOneAfterTheOther(runtime, 1_001, 1_002);
            assertThat(problems).hasSize(2);
        });
        var expected = new ArrayList<String>();
        for (var i = 0; i < 1_002; i++) {
            expected.add(Integer.toString(i));
        }
        assertThat(problems)
                .extracting(problem -> problem.exception().getMessage())
                .containsExactlyElementsOf(expected);
    }

    private static void failOneAfterTheOther(TestRuntime runtime, int from, int to) throws InterruptedException {
        for (var i = from; i < to; i++) {
            var message = Integer.toString(i);
            var thread = new AtomicReference<Thread>();
            Tasks.join(createTask(() -> {
                thread.set(Thread.currentThread());
                throw new IOException(message);
            }));
            if (!runtime.takesTurns()) {
                thread.get().join(); // the run is told by it, after the end
            }
        }
    }

    @OnEveryRuntime
    void r6_failureThatSomebodyLooksAtLaterIsNotReported(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 5; i++) {
                tasks.add(createTask(() -> {
                    throw new IOException("seen");
                }));
            }
            Tasks.join(tasks.toArray(Task<?>[]::new));
            assertThat(tasks.get(0).exception()).hasMessage("seen");
            assertThat(tasks.get(1).outcome()).isInstanceOf(Outcome.Failure.class);
            assertThatThrownBy(tasks.get(2)::await).hasMessage("seen");
            assertThat(tasks.get(3).exceptionNow()).hasMessage("seen");
            assertThatThrownBy(tasks.get(4)::get).hasRootCauseMessage("seen");
        });
    }

    @OnEveryRuntime
    void r7_failureOfMainIsThrownAndNotReportedToo(TestRuntime runtime) {
        var problems = new CopyOnWriteArrayList<Problem>();
        assertThatThrownBy(() -> runtime.run(problems, () -> {
                    throw new IOException("main");
                }))
                .hasMessage("main");
        assertThat(problems).isEmpty();
    }

    @OnEveryRuntime
    void r7_leftoversAreStoppedAndReportedThoughMainFails(TestRuntime runtime) {
        var problems = new CopyOnWriteArrayList<Problem>();
        var leftover = new SleepingBody();
        assertThatThrownBy(() -> runtime.run(problems, () -> {
                    createTask(leftover);
                    Tasks.join(createTask(() -> {
                        throw new IOException("lost");
                    }));
                    leftover.started.await();
                    throw new IOException("main");
                }))
                .hasMessage("main");
        assertThat(leftover.hasEnded()).isTrue();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.exception()).hasMessage("lost"));
    }

    @OnEveryRuntime
    void r8_runThatIsOverTakesNoTasksAndSaysSo(TestRuntime runtime) throws Exception {
        var run = new AtomicReference<Run>();
        var refused = new AtomicReference<Throwable>();
        runtime.run(() -> {
            run.set(currentRun());
            var begun = new Gate();
            createTask(() -> {
                begun.open();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    try {
                        run.get().createTask(() -> 1);
                    } catch (IllegalStateException refusal) {
                        refused.set(refusal);
                    }
                    throw e;
                }
            });
            begun.await();
        });
        assertThat(refused.get()).hasMessageContaining("the run is ending");
        assertThatThrownBy(() -> run.get().createTask(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the run has ended");
    }

    @NotSimulated("creates a task on another thread")
    @OnEveryRuntime
    void r8_taskThatAnotherThreadCreatesCarriesTheRunnersContext(TestRuntime runtime) throws Exception {
        var restored = new AtomicInteger();
        try (var runner = runtime.builder()
                .propagate(() -> () -> {
                    restored.incrementAndGet();
                    return () -> {};
                })
                .build()) {
            runner.run(() -> {
                var run = currentRun();
                var before = restored.get();
                var task = Weft.await(Tasks.onForeignThread(() -> run.createTask(() -> 1)));
                task.await();
                assertThat(restored.get() - before).isOne();
                createTask(() -> 2).await();
                assertThat(restored.get() - before).isEqualTo(2);
            });
        }
    }

    @OnEveryRuntime
    void r9_runnerCanRunAgainWhateverBecameOfMain(TestRuntime runtime) throws Exception {
        var opened = new AtomicInteger();
        var closed = new AtomicInteger();
        var runner = Runner.builder()
                .signals(false)
                .runtime(() -> {
                    opened.incrementAndGet();
                    var made = runtime.open();
                    return WeftRuntime.of(made.scheduler(), () -> {
                        closed.incrementAndGet();
                        made.close();
                    });
                })
                .build();
        assertThatThrownBy(() -> runner.run(() -> {
                    throw new IOException("first");
                }))
                .hasMessage("first");
        assertThatThrownBy(() -> runner.run(() -> {
                    assertThatThrownBy(runner::close).hasMessageContaining("is running");
                    throw new Error("second");
                }))
                .hasMessage("second");
        assertThat(runner.run(() -> 3)).isEqualTo(3);
        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(0);
        runner.close();
        runner.close();
        assertThat(closed).hasValue(1);
        assertThatThrownBy(() -> runner.run(() -> 4)).hasMessageContaining("closed");
        assertThat(opened).hasValue(1);
    }

    @NotSimulated("looks at memory")
    @OnEveryRuntime
    void r9_runThatIsOverIsForgottenThoughItsRunnerIsNot(TestRuntime runtime) throws Exception {
        var leaks = new Leaks();
        try (var runner = runtime.builder().build()) {
            for (var i = 0; i < 5; i++) {
                runner.run(() -> {
                    leaks.watch(currentRun());
                    leaks.watch(Tasks.self());
                });
            }
            assertThat(leaks.kept(2)).isLessThanOrEqualTo(2);
        }
    }

    /** Both go on at the same moment, one a little later than the other, from round to round. */
    @Test
    void r5_runEndsThoughItsTaskEndsAsMainDoes() throws Exception {
        var rounds = 2_000 * Integer.getInteger("weft.stress", 1);
        for (var i = 0; i < rounds; i++) {
            var round = i;
            TestRuntime.PARALLEL.run(() -> {
                var begun = new AtomicBoolean();
                var released = new AtomicBoolean();
                createTask(() -> {
                    begun.set(true);
                    spinUntil(released);
                    Tasks.linger(round, 1, 17);
                });
                spinUntil(begun);
                released.set(true);
                Tasks.linger(round, 2, 19);
            });
        }
    }

    private static void spinUntil(AtomicBoolean flag) {
        for (var i = 0; !flag.get(); i++) {
            if (i % 1_000 == 999) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
    }

    @OnEveryRuntime
    void r10_tasksOfTheRunAreThoseThatHaveNotEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = new SleepingBody();
            var inside = new AtomicReference<Task<?>>();
            var outer = createTask(() -> {
                Weft.gather(List.of(() -> {
                    inside.set(Tasks.self());
                    return sleeping.run();
                }));
            });
            var ended = createTask(() -> 1);
            Tasks.join(ended);
            sleeping.started.await();
            assertThat(Weft.allTasks())
                    .containsExactlyInAnyOrder(Tasks.self(), outer, inside.get())
                    .doesNotContain(ended);
            outer.cancel();
            Tasks.join(outer);
            assertThat(Weft.allTasks()).containsExactly(Tasks.self());
        });
    }
}
