package dev.weft;

import static dev.weft.Tasks.onForeignThread;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.await;
import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** R: Runner and its settings. */
class RunnerTest {

    @Test
    void r8_mainName_isTheNameOfEachMain() throws Exception {
        try (var runner = Runner.builder().mainName("import").build()) {
            assertThat(runner.<String, RuntimeException>run(
                            () -> Weft.currentTask().orElseThrow().name()))
                    .isEqualTo("import");
        }
        try (var run = Runner.builder().mainName("shop").start()) {
            assertThat(run.allTasks()).extracting(Task::name).containsExactly("shop");
            assertThat(run.allTasks()).noneMatch(Task::isNamed); // no observation is as long as the application
        }
    }

    @OnEveryRuntime
    void r3_debugSettingOverridesTheDefault(TestRuntime runtime) throws Exception {
        for (var debug : new boolean[] {true, false}) {
            try (var runner = runtime.builder().debug(debug).build()) {
                var traced = runner.run(() -> {
                    var task = createTask(() -> "a");
                    return !task.creationTrace().isEmpty();
                });
                assertThat(traced).isEqualTo(debug);
            }
        }
        try (var runner = runtime.builder().debug(true).debug(false).build()) {
            assertThat(runner.run(() -> createTask(() -> "a").creationTrace())).isEmpty();
        }
    }

    @OnEveryRuntime
    void r8_factoryIsCalledOnce(TestRuntime runtime) throws Exception {
        var made = new AtomicInteger();
        try (var runner = runtime.builder()
                .runtime(() -> {
                    made.incrementAndGet();
                    return runtime.open();
                })
                .build()) {
            assertThat(made).as("before the first run").hasValue(0);
            assertThat(runner.run(() -> "a")).isEqualTo("a");
            assertThat(runner.run(() -> "b")).isEqualTo("b");
            assertThat(runner.run(() -> createTask(() -> "c").await())).isEqualTo("c");
            assertThat(made).hasValue(1);
        }
        assertThat(made).hasValue(1);
    }

    @NotSimulated("another thread is waited for")
    @OnEveryRuntime
    void r8_factoryAndRuntimeAreCalledWithNoLockHeld(TestRuntime runtime) throws Exception {
        var self = new AtomicReference<Runner>();
        var answers = new ArrayList<String>();
        Runnable asks = () -> answers.add(catchThrowable(() -> onForeignThread(() -> {
                            self.get().close();
                            return "closed";
                        })
                        .get(10, TimeUnit.SECONDS))
                .toString());
        Runnable askAgain = () -> answers.add(onForeignThread(() -> {
                    self.get().close();
                    return "closed";
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
        try (var runner = runtime.builder()
                .runtime(() -> {
                    asks.run();
                    var made = runtime.open();
                    return WeftRuntime.of(made.scheduler(), () -> {
                        askAgain.run();
                        made.close();
                    });
                })
                .build()) {
            self.set(runner);
            assertThat(runner.run(() -> "a")).isEqualTo("a");
        }
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst()).contains("IllegalStateException: the runner is running");
        assertThat(answers.getLast()).isEqualTo("closed");
    }

    @OnEveryRuntime
    void r8_factoryThatFails_leavesTheRunnerAsItWas(TestRuntime runtime) throws Exception {
        var made = new AtomicInteger();
        try (var runner = runtime.builder()
                .runtime(() -> {
                    if (made.incrementAndGet() == 1) {
                        throw new IllegalArgumentException("no runtime");
                    }
                    return runtime.open();
                })
                .build()) {
            assertThatThrownBy(() -> runner.run(() -> "a")).hasMessage("no runtime");
            assertThat(runner.run(() -> "b")).isEqualTo("b");
        }
        assertThat(made).hasValue(2);
    }

    @OnEveryRuntime
    void r9_runsOneMainAfterTheOther(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().build()) {
            for (var i = 0; i < 5; i++) {
                var number = i;
                assertThat(runner.run(() -> createTask(() -> number).await())).isEqualTo(number);
                var failure = new IOException("boom");
                assertThatThrownBy(() -> runner.run(() -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
            }
        }
    }

    @OnEveryRuntime
    void r9_taskLocalsPersistBetweenRuns(TestRuntime runtime) throws Exception {
        var user = TaskLocal.<String>named("user");
        try (var runner = runtime.builder().build();
                var other = runtime.builder().build()) {
            runner.run(() -> user.set("Ada"));
            runner.run(() -> {
                assertThat(user.get()).isEqualTo("Ada");
                assertThat(createTask(() -> user.get()).await()).isEqualTo("Ada");
                createTask(() -> user.set("a child's")).await();
                user.set("Grace");
            });
            assertThat(runner.run(() -> user.get())).isEqualTo("Grace");
            assertThat(other.run(() -> user.orElse("nobody"))).isEqualTo("nobody");
        }
    }

    @OnEveryRuntime
    void r10_closedRunnerRunsNothing(TestRuntime runtime) throws Exception {
        var ran = new AtomicBoolean();
        var runner = runtime.builder().build();
        runner.run(() -> {});
        runner.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> runner.run(() -> ran.set(true)))
                .withMessageContaining("closed");
        var unused = runtime.builder().build();
        unused.close();
        assertThatIllegalStateException().isThrownBy(() -> unused.run(() -> ran.set(true)));
        assertThat(ran).isFalse();
    }

    @OnEveryRuntime
    void r10_closingTwiceIsHarmless(TestRuntime runtime) throws Exception {
        var closed = new AtomicInteger();
        var runner = runtime.builder()
                .runtime(() -> {
                    var made = runtime.open();
                    return WeftRuntime.of(made.scheduler(), () -> {
                        closed.incrementAndGet();
                        made.close();
                    });
                })
                .build();
        runner.run(() -> {});
        runner.close();
        runner.close();
        assertThat(closed).hasValue(1);
    }

    /** A second block with the same runner is the nearest thing to entering it twice. */
    @OnEveryRuntime
    void r10_secondBlockWithTheSameRunnerIsRejected(TestRuntime runtime) throws Exception {
        var runner = runtime.builder().build();
        try (runner) {
            runner.run(() -> {});
        }
        try (runner) {
            assertThatIllegalStateException().isThrownBy(() -> runner.run(() -> {}));
        }
    }

    @OnEveryRuntime
    void r10_runnerThatRunsCanNeitherBeClosedNorRunAnother(TestRuntime runtime) throws Exception {
        var ran = new AtomicBoolean();
        try (var runner = runtime.builder().build()) {
            runner.run(() -> {
                assertThatIllegalStateException().isThrownBy(runner::close).withMessageContaining("running");
                assertThatThrownBy(() -> await(onForeignThread(() -> {
                            runner.run(() -> ran.set(true));
                            return null;
                        })))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("running");
                assertThat(self().cancelling()).isZero();
            });
            assertThat(runner.run(() -> "still open")).isEqualTo("still open");
        }
        assertThat(ran).isFalse();
    }
}
