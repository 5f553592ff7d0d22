package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** V5: a run that lives as long as an application. Simulated ones have no threads of others. */
@Tag("races")
@Timeout(60)
class StartedRunTest {

    static final List<TestRuntime> RUNTIMES = TestRuntime.real();

    private final List<Problem> problems = new CopyOnWriteArrayList<>();

    private StartedRun start(TestRuntime runtime) {
        return runtime.builder()
                .cancellationGrace(ofMillis(200))
                .onProblem(problems::add)
                .start();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_tasksFromAnyThread_runUntilItIsClosed(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var seen = new CompletableFuture<Run>();
        var forEver = run.createTask(TaskOptions.named("for ever"), () -> {
            seen.complete(currentRun());
            sleep(FOREVER);
        });
        assertThat(run.createTask(() -> 42).await()).isEqualTo(42);
        gather(
                () -> assertThat(run.createTask(() -> "from a task of another call")
                                .await())
                        .startsWith("from"),
                () -> null);
        seen.get();
        assertThat(run.allTasks()).extracting(Task::name).contains("for ever");
        assertThat(Weft.dump().toString()).contains("for ever");
        run.close();
        assertThat(forEver.isCancelled()).isTrue();
        run.close();
        assertThat(run.close(ofHours(1))).isTrue();
        assertThatThrownBy(() -> run.createTask(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_drain_waitsForTasksAndTakesNoNewOnes(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var release = new Gate();
        var refused = new CompletableFuture<Throwable>();
        var working = run.createTask(() -> {
            release.await();
            var self = currentRun();
            try {
                self.createTask(() -> 1);
                refused.complete(null);
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
            return gather(() -> "its own", () -> "calls work").toString();
        });
        var closer = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                closer.complete(run.close(ofHours(1)));
            } catch (Throwable e) {
                closer.completeExceptionally(e);
            }
        });
        while (isOpen(run)) {
            Thread.onSpinWait();
        }
        release.open();
        assertThat(closer.get()).isTrue();
        assertThat(refused.get()).hasMessageContaining("drains");
        assertThat(working.await()).isEqualTo("[its own, calls work]");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_runSaysWhetherItDrainsAndWhetherItIsClosed(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var release = new Gate();
        run.createTask(release::await);
        assertThat(run.isDraining()).isFalse();
        assertThat(run.isClosed()).isFalse();
        var closer = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                closer.complete(run.close(ofHours(1)));
            } catch (Throwable e) {
                closer.completeExceptionally(e);
            }
        });
        while (!run.isDraining()) {
            Thread.onSpinWait();
        }
        assertThat(run.isClosed()).isFalse();
        release.open();
        assertThat(closer.get()).isTrue();
        assertThat(run.isDraining()).isFalse();
        assertThat(run.isClosed()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_runWhoseMainIsCancelled_drainsToo(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var begun = new Gate();
        var stops = new Gate();
        var release = new Gate();
        run.createTask(() -> {
            try {
                begun.open();
                sleep(FOREVER);
            } finally {
                stops.open();
                release.awaitStubbornly();
            }
        });
        begun.await();
        run.allTasks().forEach(task -> task.cancel());
        stops.await();
        while (!run.isDraining()) {
            Thread.onSpinWait();
        }
        release.open();
        run.close();
        assertThat(run.isDraining()).isFalse();
        assertThat(run.isClosed()).isTrue();
    }

    private static boolean isOpen(StartedRun run) {
        try {
            run.createTask(() -> {});
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_drainIsOver_theRestIsCancelledAndJoined(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var cleaned = new CompletableFuture<Void>();
        var begun = new CompletableFuture<Void>();
        var task = run.createTask(() -> {
            try {
                begun.complete(null);
                sleep(FOREVER);
            } finally {
                sleep(Duration.ZERO);
                cleaned.complete(null);
            }
        });
        begun.get();
        assertThat(run.close(ofMillis(1))).isTrue();
        assertThat(cleaned).isCompleted();
        assertThat(task.isCancelled()).isTrue();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_nothingRuns_drainsAtOnce(TestRuntime runtime) throws Exception {
        assertThat(start(runtime).close(FOREVER)).isTrue();
        var run = start(runtime);
        run.createTask(() -> 1).await();
        assertThat(run.close(FOREVER)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_taskThatDoesNotStop_isReportedWithItsStack(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var release = new CountDownLatch(1);
        var begun = new CompletableFuture<Void>();
        var stubborn = run.createTask(
                TaskOptions.named("stubborn"),
                () -> blocking(() -> uninterrupted(() -> {
                    begun.complete(null);
                    release.await();
                })));
        begun.get();
        assertThat(run.close(Duration.ZERO)).isFalse();
        assertThat(problems)
                .filteredOn(problem -> problem.kind() == Problem.Kind.LEFT_BEHIND)
                .anySatisfy(problem -> {
                    assertThat(problem.task()).isSameAs(stubborn);
                    assertThat(problem.exception().getStackTrace())
                            .anyMatch(frame -> frame.getClassName().contains("StartedRunTest"));
                });
        release.countDown();
        run.close();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_closeByATaskOfTheRun_isRefused(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            assertThatThrownBy(() -> run.createTask(TaskOptions.named("closer"), () -> run.close())
                            .await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("closer", "another thread");
            assertThatThrownBy(() -> run.createTask(() -> gather(() -> run.close(ofHours(1))))
                            .await())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(run.createTask(() -> "goes on").await()).isEqualTo("goes on");
            assertThatThrownBy(() -> run.close(ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT-0.001S");
        }
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_closerIsInterrupted_leavesAndTheTasksAreCancelled(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var begun = new CompletableFuture<Void>();
        var task = run.createTask(() -> {
            begun.complete(null);
            sleep(FOREVER);
        });
        begun.get();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run.close(FOREVER)).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(task::await).isInstanceOf(java.util.concurrent.CancellationException.class);
        Thread.currentThread().interrupt();
        run.close();
        assertThat(Thread.interrupted()).isTrue();
        run.close();
    }

    /** The earliest end of a drain counts. */
    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_secondCloseIsShorter_endsTheDrain(TestRuntime runtime) throws Exception {
        var run = runtime.builder()
                .cancellationGrace(Duration.ofMinutes(1))
                .onProblem(problems::add)
                .start();
        run.createTask(() -> sleep(FOREVER));
        var first = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                first.complete(run.close(FOREVER));
            } catch (InterruptedException e) {
                first.completeExceptionally(e);
            }
        });
        while (isOpen(run)) {
            Thread.onSpinWait();
        }
        assertThat(run.close(ofMillis(1))).isTrue();
        assertThat(first.get()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_creatorsContext_crossesIntoTheTask(TestRuntime runtime) throws Exception {
        var user = new ThreadLocal<String>();
        ContextPropagator propagator = () -> {
            var captured = user.get();
            return () -> {
                user.set(captured);
                return user::remove;
            };
        };
        user.set("ann");
        try (var run = runtime.builder().propagate(propagator).start()) {
            assertThat(run.createTask(user::get).await()).isEqualTo("ann");
        }
    }

    /** Each task is either refused, or runs to its end before the drain is over. */
    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_tasksComeWhileItIsClosed_noneIsLost(TestRuntime runtime) throws Exception {
        for (var round = 0; round < 20 * Integer.getInteger("weft.stress", 1); round++) {
            var run = start(runtime);
            var ran = new AtomicInteger();
            var accepted = new AtomicInteger();
            var creators = new Thread[3];
            for (var i = 0; i < creators.length; i++) {
                creators[i] = Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            run.createTask(() -> {
                                sleep(Duration.ZERO);
                                ran.incrementAndGet();
                            });
                            accepted.incrementAndGet();
                            do {
                                Thread.yield();
                            } while (accepted.get() - ran.get() > 1000);
                        }
                    } catch (IllegalStateException e) {
                        // it drains
                    }
                });
            }
            while (accepted.get() < 10) {
                Thread.onSpinWait();
            }
            assertThat(run.close(FOREVER)).isTrue();
            for (var creator : creators) {
                creator.join();
            }
            assertThat(ran).hasValue(accepted.get());
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v5_runtimeThatCannotBeMade_isThrown(TestRuntime runtime) {
        assertThatThrownBy(() -> runtime.builder()
                        .runtime(() -> {
                            throw new IllegalStateException("no runtime");
                        })
                        .start())
                .hasMessage("no runtime");
    }
}
