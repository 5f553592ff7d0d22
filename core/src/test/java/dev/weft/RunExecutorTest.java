package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** V6: a run as an executor. */
@Timeout(60)
class RunExecutorTest {

    static final List<TestRuntime> RUNTIMES = TestRuntime.real();

    private final List<Problem> problems = new CopyOnWriteArrayList<>();

    private StartedRun start(TestRuntime runtime) {
        return runtime.builder().onProblem(problems::add).start();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_submit_givesATaskOfTheRun(TestRuntime runtime) throws Exception {
        try (var run = start(runtime);
                var executor = run.asExecutorService()) {
            assertThat(executor.submit(() -> currentTask().isPresent()).get()).isTrue();
            assertThat(executor.submit((Callable<Run>) () -> currentRun()).get().allTasks())
                    .isNotNull();
            assertThat(executor.submit(() -> {}, "done").get()).isEqualTo("done");
            assertThat(executor.submit(() -> {}).get()).isNull();
            assertThat(CompletableFuture.supplyAsync(
                                    () -> currentTask().orElseThrow().callName(), executor)
                            .get())
                    .isEqualTo("run");
            var failing = executor.submit((Callable<Object>) () -> {
                throw new java.io.IOException("on purpose");
            });
            assertThatThrownBy(failing::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("on purpose");
            assertThat(failing.state()).isEqualTo(java.util.concurrent.Future.State.FAILED);
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_execute_reportsAFailureAtOnce(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var executor = run.asExecutorService();
            executor.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            while (problems.isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.exception()).hasMessage("on purpose"));
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_cancelOfAFuture_cancelsTheTask(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var begun = new CompletableFuture<Void>();
            var future = run.asExecutorService().submit(() -> {
                begun.complete(null);
                sleep(FOREVER);
                return null;
            });
            begun.get();
            future.cancel(true);
            assertThatThrownBy(future::get).isInstanceOf(java.util.concurrent.CancellationException.class);
        }
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_invokeAll_keepsTheOrderAndLooksAtFailures(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var executor = run.asExecutorService();
            var futures = executor.invokeAll(List.<Callable<Integer>>of(
                    () -> 1,
                    () -> {
                        throw new IllegalStateException("two");
                    },
                    () -> 3));
            assertThat(futures.getFirst().resultNow()).isEqualTo(1);
            assertThat(futures.get(1).exceptionNow()).hasMessage("two");
            assertThat(futures.getLast().resultNow()).isEqualTo(3);
            assertThat(executor.invokeAll(List.<Callable<Integer>>of())).isEmpty();

            var late = executor.invokeAll(
                    List.<Callable<Integer>>of(() -> 1, () -> {
                        sleep(FOREVER);
                        return 2;
                    }),
                    1,
                    TimeUnit.MILLISECONDS);
            assertThat(late).allMatch(java.util.concurrent.Future::isDone);
            assertThat(late.getLast().isCancelled()).isTrue();
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_invokeAll_interrupted_cancelsAndJoins(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var begun = new CompletableFuture<Void>();
            var ended = new CompletableFuture<Void>();
            var caller = Thread.currentThread();
            run.createTask(() -> {
                Weft.await(begun);
                caller.interrupt();
            });
            assertThatThrownBy(() -> run.asExecutorService().invokeAll(List.<Callable<Object>>of(() -> {
                        try {
                            begun.complete(null);
                            sleep(FOREVER);
                            return null;
                        } finally {
                            ended.complete(null);
                        }
                    })))
                    .isInstanceOf(InterruptedException.class);
            assertThat(ended).isCompleted();
        }
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_invokeAny_firstSuccessOrAllFailures(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var executor = run.asExecutorService();
            Callable<String> fails = () -> {
                throw new IllegalStateException("on purpose");
            };
            Callable<String> hangs = () -> {
                sleep(FOREVER);
                return "never";
            };
            assertThat(executor.invokeAny(List.of(fails, hangs, () -> "first"))).isEqualTo("first");
            assertThatThrownBy(() -> executor.invokeAny(List.of(fails, fails)))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("on purpose");
            assertThatThrownBy(() -> executor.invokeAny(List.of(fails, hangs), 1, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> executor.invokeAny(List.<Callable<String>>of()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(run.allTasks()).hasSize(1);
        }
        assertThat(problems).isEmpty();
    }

    /** More than a run keeps for somebody to look at. */
    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_invokeAny_reportsNoFailure_howeverMany(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            Callable<String> fails = () -> {
                throw new IllegalStateException("on purpose");
            };
            assertThatThrownBy(() -> run.asExecutorService().invokeAny(Collections.nCopies(5_000, fails)))
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_shutdown_endsTheExecutorAndNotTheRun(TestRuntime runtime) throws Exception {
        try (var run = start(runtime)) {
            var executor = run.asExecutorService();
            var release = new Gate();
            var task = executor.submit(() -> {
                release.await();
                return 1;
            });
            executor.shutdown();
            assertThat(executor.isShutdown()).isTrue();
            assertThat(executor.isTerminated()).isFalse();
            assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
            assertThatThrownBy(() -> executor.submit(() -> 2))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("shut down");
            release.open();
            assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
            assertThat(task.resultNow()).isEqualTo(1);
            executor.close();

            var second = run.asExecutorService();
            var hanging = second.submit(() -> {
                sleep(FOREVER);
                return null;
            });
            assertThat(second.shutdownNow()).isEmpty();
            second.close();
            assertThat(hanging.isCancelled()).isTrue();
            assertThat(run.createTask(() -> "goes on").await()).isEqualTo("goes on");
        }
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_runHasEnded_rejects(TestRuntime runtime) {
        var run = start(runtime);
        var executor = run.asExecutorService();
        run.close();
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.isShutdown()).isTrue();
        assertThatThrownBy(() -> executor.submit((Runnable) null)).isInstanceOf(NullPointerException.class);
    }

    @OnEveryRuntime
    void v6_ofACurrentRun_itsTasksEndWithIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            assertThat(executor.submit(() -> 7).get()).isEqualTo(7);
            assertThat(executor.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2)))
                    .hasSize(2);
        });
    }

    @ParameterizedTest
    @FieldSource("RUNTIMES")
    void v6_runHasEnded_hasTerminatedForWhoWaits(TestRuntime runtime) throws Exception {
        var run = start(runtime);
        var executor = run.asExecutorService();
        var terminated = new CompletableFuture<Boolean>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                terminated.complete(executor.awaitTermination(1, TimeUnit.HOURS));
            } catch (Throwable e) {
                terminated.completeExceptionally(e);
            }
        });
        Blocked.awaitIn(waiter, "RunExecutor.awaitTermination");
        run.close();
        assertThat(terminated.get()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
    }

    /** The wait hands the turn on. */
    @OnEveryRuntime
    void v6_awaitTermination_letsTheTaskRunThatShutsDown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            var order = new CopyOnWriteArrayList<String>();
            executor.submit(() -> {
                sleep(Duration.ofMillis(1));
                executor.shutdown();
                order.add("shut down");
                return null;
            });
            assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
            assertThat(order).containsExactly("shut down");
        });
    }

    @OnEveryRuntime
    void v6_awaitTermination_isACancellationPoint(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            assertThatThrownBy(() -> timeout(Duration.ofMillis(1), () -> executor.awaitTermination(1, TimeUnit.HOURS)))
                    .isInstanceOf(TimeoutException.class);
            executor.shutdown();
            assertThat(executor.awaitTermination(0, TimeUnit.NANOSECONDS)).isTrue();
        });
    }

    /** A task of the executor closes it, and so would wait for itself. */
    @OnEveryRuntime
    void j29_closeByATaskOfTheExecutor_isRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            var closing = (Task<?>) executor.submit(() -> executor.close());
            assertThatThrownBy(() -> timeout(Duration.ofSeconds(60), () -> closing.await()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("awaits itself");
            var child = (Task<?>) currentRun().asExecutorService().submit(() -> "another executor's");
            child.await();
            executor.close();
            assertThat(executor.isTerminated()).isTrue();
        });
    }

    @OnEveryRuntime
    void v6_closeThatIsCancelled_cancelsTheTasksAndKeepsTheRequest(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var executor = currentRun().asExecutorService();
            var hanging = (Task<?>) executor.submit(() -> {
                sleep(FOREVER);
                return null;
            });
            var begun = new CompletableFuture<Task<?>>();
            var closing = createTask(() -> {
                begun.complete(currentTask().orElseThrow());
                executor.close();
                assertThat(hanging.isCancelled()).isTrue();
                sleep(FOREVER);
            });
            await(begun).cancel("enough");
            assertThatThrownBy(() -> closing.await()).hasMessageContaining("enough");
        });
    }

    /** The executor is shut down by somebody else while a task is given to it. */
    @OnEveryRuntime
    void v6_submitThatWasNotRefused_isWaitedFor(TestRuntime runtime) throws Exception {
        HookedScheduler.run(runtime, hooks -> {
            var executor = currentRun().asExecutorService();
            var terminated = new CopyOnWriteArrayList<Boolean>();
            hooks.beforeTime = () -> {
                hooks.beforeTime = () -> {};
                executor.shutdown();
                terminated.add(executor.isTerminated());
                try {
                    terminated.add(executor.awaitTermination(0, TimeUnit.NANOSECONDS));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            };
            var mayEnd = new Gate();
            var task = executor.submit(() -> {
                mayEnd.await();
                return 1;
            });
            assertThat(terminated).containsExactly(false, false);
            assertThat(executor.isTerminated()).isFalse();
            mayEnd.open();
            assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
            assertThat(task.resultNow()).isEqualTo(1);
        });
    }

    @OnEveryRuntime
    void v6_submitWhileShutDownNow_isCancelled(TestRuntime runtime) throws Exception {
        HookedScheduler.run(runtime, hooks -> {
            var executor = currentRun().asExecutorService();
            hooks.beforeTime = () -> {
                hooks.beforeTime = () -> {};
                executor.shutdownNow();
            };
            var task = executor.submit(() -> {
                sleep(FOREVER);
                return 1;
            });
            assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
            assertThat(task.isCancelled()).isTrue();
        });
    }
}
