package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** V1: what is installed for the process. */
class DefaultsTest {

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private static final ContextPropagator PROPAGATOR = () -> {
        var captured = USER.get();
        return () -> {
            var before = USER.get();
            USER.set(captured);
            return () -> USER.set(before);
        };
    };

    private final List<String> told = new CopyOnWriteArrayList<>();

    private TaskListener listener(String name) {
        return new TaskListener() {
            @Override
            public void started(Task<?> task) {
                told.add(name + " started in " + task.callName());
            }

            @Override
            public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                told.add(name + " ended");
            }
        };
    }

    @Test
    void v1_propagator_appliesToCallsOutsideOfARunAndToNestedOnes() throws Exception {
        USER.set("ann");
        try (var _ = Weft.install(Defaults.builder().propagate(PROPAGATOR).build())) {
            assertThat(gather(USER::get, () -> gather(USER::get, USER::get).toString()))
                    .containsExactly("ann", "[ann, ann]");
            assertThat(abandonOnCancel(USER::get)).isEqualTo("ann");
        }
        assertThat(gather(USER::get)).containsExactly((String) null);
        USER.remove();
    }

    @OnEveryRuntime
    void v1_propagator_isInheritedByRunsWhichMayAddToIt(TestRuntime runtime) throws Exception {
        USER.set("ann");
        var order = new CopyOnWriteArrayList<String>();
        ContextPropagator ofRun = () -> {
            order.add("run's");
            return () -> () -> {};
        };
        ContextPropagator ofProcess = () -> {
            order.add("process's");
            return () -> () -> {};
        };
        try (var _ = Weft.install(Defaults.builder()
                        .propagate(PROPAGATOR)
                        .propagate(ofProcess)
                        .build());
                var runner = runtime.builder().propagate(ofRun).build()) {
            runner.run(() -> {
                assertThat(USER.get()).isEqualTo("ann");
                USER.set("bob");
                order.clear();
                assertThat(createTask(USER::get).await()).isEqualTo("bob");
                assertThat(order).containsExactly("process's", "run's");
            });
        }
        USER.remove();
    }

    /** A thread of somebody else's gives the run's tasks what it has itself. */
    @OnEveryRuntime
    void v1_propagator_taskThatAnotherThreadPutsIntoARun(TestRuntime runtime) throws Exception {
        try (var _ = Weft.install(Defaults.builder().propagate(PROPAGATOR).build())) {
            runtime.run(() -> {
                var run = currentRun();
                var created = new java.util.concurrent.CompletableFuture<Task<String>>();
                Thread.ofVirtual().start(() -> {
                    USER.set("carl");
                    created.complete(run.createTask(() -> USER.get()));
                });
                assertThat(Weft.await(created).await()).isEqualTo("carl");
            });
        }
    }

    @Test
    void v1_propagateAroundACall_isWithinTheProcesss() throws Exception {
        USER.set("ann");
        var captured = new ArrayList<String>();
        ContextPropagator inner = () -> () -> {
            captured.add("restored after " + USER.get());
            return () -> {};
        };
        try (var _ = Weft.install(Defaults.builder().propagate(PROPAGATOR).build())) {
            propagate(inner, () -> gather(USER::get));
        }
        assertThat(captured).containsExactly("restored after ann");
        USER.remove();
    }

    @Test
    void v1_removed_tasksCreatedAfterwardsDoNotCarryIt() throws Exception {
        USER.set("ann");
        var registration = Weft.install(Defaults.builder().propagate(PROPAGATOR).build());
        gather(() -> {
            assertThat(USER.get()).isEqualTo("ann");
            registration.remove();
            registration.remove();
            assertThat(gather(USER::get)).containsExactly((String) null);
        });
        USER.remove();
    }

    @Test
    void v1_listeners_severalAddUp() throws Exception {
        try (var _ = Weft.install(Defaults.builder().listener(listener("one")).build())) {
            try (var _ =
                    Weft.install(Defaults.builder().listener(listener("two")).build())) {
                gather(() -> 1);
                assertThat(told)
                        .containsExactly("one started in gather", "two started in gather", "one ended", "two ended");
            }
            told.clear();
            taskGroup(GroupOptions.failFast().name("orders"), group -> {
                group.createTask(() -> 1);
            });
            assertThat(told).containsExactly("one started in orders", "one ended");
        }
    }

    @OnEveryRuntime
    void v1_listeners_runsAreToldToo(TestRuntime runtime) throws Exception {
        try (var _ = Weft.install(
                        Defaults.builder().listener(listener("process's")).build());
                var runner = runtime.builder().listener(listener("run's")).build()) {
            runner.run(() -> {});
        }
        assertThat(told)
                .containsExactly("process's started in run", "run's started in run", "run's ended", "process's ended");
    }

    @OnEveryRuntime
    void v1_listenerThatRegistrationTakesBack_isToldTheEndOfWhatItSawBegin(TestRuntime runtime) throws Exception {
        var registration =
                Weft.install(Defaults.builder().listener(listener("one")).build());
        runtime.run(() -> registration.remove());
        assertThat(told).containsExactly("one started in run", "one ended");
    }

    @Test
    void v1_startedTellsHowLongTheTaskHasWaited() throws Exception {
        var waits = new CopyOnWriteArrayList<Duration>();
        var waiting = new TaskListener() {
            @Override
            public void started(Task<?> task, Duration waited) {
                waits.add(waited);
            }
        };
        try (var _ = Weft.install(Defaults.builder().listener(waiting).build())) {
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                var gate = new CountDownLatch(1);
                group.createTask(() -> gate.await());
                group.createTask(() -> {});
                sleep(ofMillis(30));
                gate.countDown();
            });
        }
        assertThat(waits.getLast()).isGreaterThanOrEqualTo(ofMillis(30));
    }

    @Test
    void v1_problems_goToTheHandlerAndToAllListeners() throws Exception {
        var handled = new CopyOnWriteArrayList<Problem>();
        var heard = new CopyOnWriteArrayList<Problem>();
        ProblemHandler broken = problem -> {
            throw new IllegalStateException("on purpose");
        };
        try (var _ = Weft.install(Defaults.builder()
                .onProblem(handled::add)
                .problemListener(broken)
                .problemListener(heard::add)
                .build())) {
            var failure = new IllegalStateException("nobody looks");
            run(() -> {
                var task = createTask(() -> {
                    throw failure;
                });
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            });
            assertThat(handled).singleElement().extracting(Problem::exception).isSameAs(failure);
            assertThat(heard).containsExactlyElementsOf(handled);
        }
    }

    @OnEveryRuntime
    void v1_problemHandlerOfARun_replacesTheProcesssButNotItsListeners(TestRuntime runtime) throws Exception {
        var ofProcess = new CopyOnWriteArrayList<Problem>();
        var heard = new CopyOnWriteArrayList<Problem>();
        var ofRun = new CopyOnWriteArrayList<Problem>();
        try (var _ = Weft.install(Defaults.builder()
                .onProblem(ofProcess::add)
                .problemListener(heard::add)
                .build())) {
            runtime.run(ofRun, () -> {
                var task = createTask(() -> {
                    throw new IllegalStateException("nobody looks");
                });
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            });
        }
        assertThat(ofRun).hasSize(1);
        assertThat(heard).hasSize(1);
        assertThat(ofProcess).isEmpty();
    }

    @Test
    void v1_grace_appliesOutsideOfARun() throws Exception {
        var problem = new java.util.concurrent.CompletableFuture<Problem>();
        var released = new java.util.concurrent.CountDownLatch(1);
        try (var _ = Weft.install(Defaults.builder()
                .cancellationGrace(ofMillis(1))
                .onProblem(first -> {
                    problem.complete(first);
                    released.countDown();
                })
                .build())) {
            var begun = new Gate();
            assertThatThrownBy(() -> gather(
                            () -> Weft.uninterrupted(() -> {
                                begun.open();
                                released.await();
                                return null;
                            }),
                            () -> {
                                begun.await();
                                throw new IllegalStateException("stops the other");
                            }))
                    .hasMessage("stops the other");
        }
        assertThat(problem.get().kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION);
        assertThat(problem.get().message()).contains("1ms");
    }

    @Test
    void v1_debug_appliesOutsideOfARun() throws Exception {
        try (var _ = Weft.install(Defaults.builder().debug(true).build())) {
            assertThat(gather(() -> currentTask().orElseThrow().creationTrace()))
                    .isNotEmpty();
        }
    }

    // ---- bad input

    @Test
    void v1_registrationsThatContradict_areRefusedWithBothValues() {
        try (var _ = Weft.install(
                Defaults.builder().cancellationGrace(ofHours(1)).debug(true).build())) {
            assertThatThrownBy(() -> Weft.install(
                            Defaults.builder().cancellationGrace(ofHours(2)).build()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("cancellationGrace", "PT1H", "PT2H", "remove");
            assertThatThrownBy(
                            () -> Weft.install(Defaults.builder().debug(false).build()))
                    .hasMessageContaining("debug");
            Weft.install(Defaults.builder().cancellationGrace(ofHours(1)).build())
                    .remove();
        }
        Weft.install(Defaults.builder().cancellationGrace(ofHours(2)).build()).remove();
    }

    @Test
    void v1_propagatorThatGivesNull_isReportedAndTheCallGoesOn() throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var _ = Weft.install(Defaults.builder()
                .propagate(() -> null)
                .propagate(() -> () -> null)
                .onProblem(problems::add)
                .build())) {
            assertThat(gather(() -> "value")).containsExactly("value");
        }
        assertThat(problems)
                .extracting(problem -> problem.exception().getMessage())
                .satisfiesExactly(
                        captured -> assertThat(captured).contains("captured null"),
                        restored -> assertThat(restored).contains("gave null"));
    }

    @Test
    void v1_propagatorThatThrows_isReportedAndTheCallGoesOn() throws Exception {
        USER.set("ann");
        var problems = new CopyOnWriteArrayList<Problem>();
        ContextPropagator atCapture = () -> {
            throw new IllegalStateException("capture");
        };
        ContextPropagator atRestore = () -> () -> {
            throw new IllegalStateException("restore");
        };
        ContextPropagator atClose = () -> () -> () -> {
            throw new IllegalStateException("close");
        };
        try (var _ = Weft.install(Defaults.builder()
                .propagate(atCapture)
                .propagate(atRestore)
                .propagate(atClose)
                .propagate(PROPAGATOR)
                .onProblem(problems::add)
                .build())) {
            assertThat(gather(USER::get)).containsExactly("ann");
        }
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE))
                .extracting(problem -> problem.exception().getMessage())
                .containsExactly("capture", "restore", "close");
        USER.remove();
    }

    @Test
    void v1_listenerThatThrows_isReportedAndTheOthersAreTold() throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var broken = new TaskListener() {
            @Override
            public void started(Task<?> task) {
                throw new IllegalStateException("on purpose");
            }
        };
        try (var _ = Weft.install(Defaults.builder()
                .listener(broken)
                .listener(listener("other"))
                .onProblem(problems::add)
                .build())) {
            gather(() -> 1);
        }
        assertThat(told).containsExactly("other started in gather", "other ended");
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE));
    }

    @Test
    void v1_badValues_areRefused() {
        var builder = Defaults.builder();
        assertThatThrownBy(() -> builder.cancellationGrace(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> builder.reportFailuresAfter(ofMillis(-1))).hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> builder.listener(null)).hasMessage("listener");
        assertThatThrownBy(() -> builder.propagate(null)).hasMessage("propagator");
        assertThatThrownBy(() -> builder.onProblem(null)).hasMessage("handler");
        assertThatThrownBy(() -> builder.problemListener(null)).hasMessage("listener");
        assertThatThrownBy(() -> Weft.install(null)).hasMessage("defaults");
    }
}
