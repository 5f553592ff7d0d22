package dev.weft;

import static dev.weft.Tasks.onForeignThread;
import static dev.weft.Weft.await;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** B16: putting tasks into a run from a thread that is no part of it. */
class CrossThreadTest {

    @OnEveryRuntime
    void b16_result(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            assertThat(await(onForeignThread(() ->
                            run.createTask(() -> sleep(Duration.ZERO, "a")).get())))
                    .isEqualTo("a");
            assertThat(await(onForeignThread(() ->
                            run.createTask(() -> sleep(Duration.ZERO, "b")).await())))
                    .isEqualTo("b");
        });
    }

    @OnEveryRuntime
    void b16_taskFromOutsideIsOneOfTheRun(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            var body = new SleepingBody();
            var task = await(onForeignThread(() -> run.createTask(body)));
            body.started.await();
            assertThat(Weft.allTasks()).contains(task);
            assertThat(run.allTasks()).contains(task).hasSize(2);
        });
    }

    @OnEveryRuntime
    void b16_exception(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            var failure = new IOException("boom");
            Body<String, IOException> failing = () -> {
                throw failure;
            };
            assertThatThrownBy(() ->
                            await(onForeignThread(() -> run.createTask(failing).get())))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
            assertThatThrownBy(() ->
                            await(onForeignThread(() -> run.createTask(failing).await())))
                    .isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void b16_timeoutOutsideThenCancelCancelsTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            var body = new SleepingBody();
            var task = await(onForeignThread(() -> {
                var submitted = run.createTask(body);
                assertThatThrownBy(() -> submitted.get(2, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                assertThat(submitted.isDone()).isFalse();
                assertThat(submitted.cancel(true)).isTrue();
                assertThatThrownBy(submitted::get).isInstanceOf(CancellationException.class);
                return submitted;
            }));
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(body.started.isOpen()).isEqualTo(body.hasEnded());
        });
    }

    @OnEveryRuntime
    void b16_taskThatIsCancelledInsideSurfacesOutside(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            assertThatThrownBy(() -> await(onForeignThread(() -> run.createTask(() -> {
                                Tasks.self().cancel("inside");
                                return sleep(Duration.ZERO, "never");
                            })
                            .get())))
                    .isInstanceOf(CancellationException.class);
        });
    }

    @OnEveryRuntime
    void b16_cancelledFromOutsideWhileARunsTaskAwaitsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(body);
            body.started.await();
            var cancelling = onForeignThread(() -> task.cancel("from outside"));
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(await(cancelling)).isTrue();
        });
    }

    /**
     * What makes the body is Java code before the call, so its failure is the caller's; the failure of a body that
     * nobody looks at goes to the handler.
     */
    @OnEveryRuntime
    void b16_failureReachesTheCallerOrElseTheHandler(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var failure = new IOException("boom");
        runtime.run(problems, () -> {
            var run = currentRun();
            var task = await(onForeignThread(() -> run.createTask(() -> {
                throw failure;
            })));
            Tasks.join(task);
            assertThatThrownBy(() ->
                            await(onForeignThread(() -> run.createTask((Body<String, RuntimeException>) null))))
                    .isInstanceOf(NullPointerException.class);
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.UNOBSERVED_FAILURE);
            assertThat(problem.exception()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void b16_manyThreadsAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var run = currentRun();
            var threads = new java.util.ArrayList<java.util.concurrent.CompletableFuture<Integer>>();
            for (var thread = 0; thread < 4; thread++) {
                threads.add(onForeignThread(() -> {
                    var sum = 0;
                    for (var i = 0; i < 50; i++) {
                        var number = i;
                        sum += run.createTask(() -> sleep(Duration.ZERO, number))
                                .get();
                    }
                    return sum;
                }));
            }
            for (var thread : threads) {
                assertThat(await(thread)).isEqualTo(49 * 50 / 2);
            }
        });
    }

    @OnEveryRuntime
    void b16_runThatHasEndedTakesNoTasks(TestRuntime runtime) throws Exception {
        var ended = new AtomicReference<Run>();
        runtime.run(() -> ended.set(currentRun()));
        assertThatIllegalStateException().isThrownBy(() -> ended.get().createTask(() -> "a"));
        assertThat(ended.get().allTasks()).isEmpty();
    }

    @Test
    void b16_thereIsNoHandleOutside() {
        assertThatIllegalStateException().isThrownBy(Weft::currentRun);
    }
}
