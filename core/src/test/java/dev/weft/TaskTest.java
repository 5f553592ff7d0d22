package dev.weft;

import static dev.weft.Tasks.onForeignThread;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.Attempts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** B: what a task returns and throws, and that nobody else decides on it; where it stands and where it was created. */
class TaskTest {

    @OnEveryRuntime
    void b1_awaitYieldsTheReturnValueThroughNestedCalls(TestRuntime runtime) throws Exception {
        var result = runtime.run(() -> {
            var outer = createTask(() -> "outer " + middle());
            return "main " + outer.await();
        });
        assertThat(result).isEqualTo("main outer middle inner");
    }

    @OnEveryRuntime
    void b1_nullIsAValue(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> null);
            assertThat(task.await()).isNull();
            assertThat(task.result()).isNull();
            assertThat(task.outcome()).isEqualTo(new Outcome.Success<>(null));
        });
    }

    @OnEveryRuntime
    void b1_awaitThrowsTheVeryException(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Task<String> task = createTask(() -> {
                throw failure;
            });
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThatThrownBy(() -> task.await(IOException.class)).isSameAs(failure);
            assertThatThrownBy(task::result).isSameAs(failure);
            assertThat(task.exception()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void b5_completingItsFutureDoesNothingToTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var task = createTask(() -> {
                mayEnd.await();
                return "its own";
            });
            task.toCompletableFuture().complete("forged");
            task.toCompletableFuture().completeExceptionally(new IOException("forged"));
            task.toCompletableFuture().obtrudeValue("forged");
            assertThat(task.isDone()).isFalse();
            mayEnd.open();
            assertThat(task.await()).isEqualTo("its own");
            task.toCompletableFuture().obtrudeException(new IOException("forged"));
            assertThat(task.result()).isEqualTo("its own");
            assertThat(await(task.toCompletableFuture())).isEqualTo("its own");
        });
    }

    @OnEveryRuntime
    void toCompletableFuture_ofAnEndedTask_isComplete(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var finished = createTask(() -> "a");
            var failed = createTask(() -> {
                throw failure;
            });
            var cancelled = createTask(new SleepingBody());
            cancelled.cancel();
            Tasks.join(finished, failed, cancelled);
            assertThat(finished.toCompletableFuture()).isCompletedWithValue("a");
            assertThat(failed.toCompletableFuture().exceptionNow()).isSameAs(failure);
            assertThat(cancelled.toCompletableFuture()).isCancelled();
        });
    }

    @OnEveryRuntime
    void b5_nobodyElseCanImplementATask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatNobodyElseCanExtend(Task.class);
            assertThat((Object) self()).isNotInstanceOf(CompletableFuture.class);
        });
    }

    private static boolean isHidden(Class<?> type) {
        return type.getPackageName().startsWith("dev.weft.internal."); // which the module does not export
    }

    private static void assertThatNobodyElseCanExtend(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers())) {
            return;
        }
        assertThat(type.isSealed()).as(type.getName()).isTrue();
        for (var permitted : type.getPermittedSubclasses()) {
            assertThat(Modifier.isPublic(permitted.getModifiers()) && !isHidden(permitted))
                    .as(permitted.getName())
                    .isFalse();
            assertThatNobodyElseCanExtend(permitted);
        }
    }

    @OnEveryRuntime
    void b8_exceptionKeepsItsStackTrace(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> failsHere());
            Tasks.join(task);
            var thrown = task.exception();
            assertThat(thrown).isNotNull();
            var stackTrace = thrown.getStackTrace();
            assertThat(stackTrace[0].getMethodName()).isEqualTo("failsHere");
            assertThatThrownBy(task::await).isSameAs(thrown);
            assertThatThrownBy(() -> gather(task)).isSameAs(thrown);
            assertThat(onForeignThread(task::await)).failsWithin(java.time.Duration.ofMinutes(1));
            assertThat(thrown.getStackTrace()).isEqualTo(stackTrace);
            assertThat(thrown)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty())
                    .hasNoCause();
        });
    }

    /**
     * asyncio chains the exceptions that are being handled; Java has no such thing, but suppressed ones, which must not
     * make a circle.
     */
    @OnEveryRuntime
    void b8_sameExceptionOfTwoChildrenIsNotSuppressedIntoItself(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var first = createTask(() -> {
                throw failure;
            });
            var second = createTask(() -> {
                throw failure;
            });
            Tasks.join(first, second);
            assertThatThrownBy(() -> gather(first, second))
                    .isSameAs(failure)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty())
                    .hasNoCause();
            assertThatThrownBy(() -> gather(second, first))
                    .isSameAs(failure)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
        });
    }

    @OnEveryRuntime
    void b8_awaitWhileHandlingAnotherExceptionMakesNoCircle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var task = createTask(() -> {
                throw failure;
            });
            try {
                task.await();
            } catch (Exception handled) {
                assertThatThrownBy(task::await).isSameAs(handled);
                assertThat(handled)
                        .hasNoCause()
                        .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
            }
            var printed = new StringWriter();
            failure.printStackTrace(new PrintWriter(printed));
            assertThat(printed.toString()).doesNotContain("CIRCULAR");
        });
    }

    @OnEveryRuntime
    void b9_stackTraceShowsWhereATaskStandsAndHonoursTheLimit(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var task = createTask(() -> standsHere(started));
            started.await();
            var all = task.stackTrace(Integer.MAX_VALUE);
            assertThat(all).extracting(StackTraceElement::getMethodName).contains("standsHere");
            assertThat(task.stackTrace(2)).hasSize(2);
            assertThat(task.stackTrace(1)).hasSize(1);
            assertThat(task.stackTrace(0)).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> task.stackTrace(-1));
        });
    }

    @OnEveryRuntime
    void b9_stackTraceOfAnEndedTaskIsTheOneOfItsFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failed = createTask(() -> failsHere());
            var finished = createTask(() -> "a");
            var cancelled = createTask(new SleepingBody());
            cancelled.cancel();
            Tasks.join(failed, finished, cancelled);
            assertThat(failed.stackTrace(Integer.MAX_VALUE))
                    .containsExactly(failed.exception().getStackTrace());
            assertThat(failed.stackTrace(1))
                    .extracting(StackTraceElement::getMethodName)
                    .containsExactly("failsHere");
            assertThat(failed.stackTrace(0)).isEmpty();
            assertThat(finished.stackTrace(Integer.MAX_VALUE)).isEmpty();
            assertThat(cancelled.stackTrace(Integer.MAX_VALUE)).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> finished.stackTrace(-1));
        });
    }

    @OnEveryRuntime
    void b10_debugModeRecordsWhereATaskWasCreated(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().debug(true).build()) {
            runner.run(() -> {
                assertThat(isCreatedHere().creationTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("isCreatedHere");
                taskGroup(group -> {
                    assertThat(isCreatedIn(group).creationTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .contains("isCreatedIn");
                });
                var ofTheChild = gathersHere();
                assertThat(ofTheChild.creationTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("gathersHere");
            });
        }
    }

    /** The first frame is the caller's, whatever call has started the task. */
    @OnEveryRuntime
    void b10_debugModeRecordsTheCallersFrameFirst(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().debug(true).build()) {
            runner.run(() -> {
                Body<StackTraceElement, RuntimeException> first =
                        () -> self().creationTrace().getFirst();
                var frames = new ArrayList<StackTraceElement>();
                frames.add(createTask(first).await());
                frames.addAll(gather(first, first));
                frames.add(race(first));
                frames.add(combine(first, first, (one, other) -> one));
                frames.add(shield(first));
                frames.add(asCompleted(List.of(first)).iterator().next().await());
                frames.addAll(mapConcurrent(List.of(1), 1, item -> first.run()));
                frames.add(Attempts.hedge(Duration.ofSeconds(1), first, first));
                assertThat(frames)
                        .allSatisfy(frame -> assertThat(frame.getClassName()).isEqualTo(TaskTest.class.getName()));
            });
        }
    }

    @OnEveryRuntime
    void b10_withoutDebugModeNothingIsRecorded(TestRuntime runtime) throws Exception {
        try (var runner = runtime.builder().debug(false).build()) {
            runner.run(() -> {
                assertThat(isCreatedHere().creationTrace()).isEmpty();
                assertThat(self().creationTrace()).isEmpty();
            });
        }
    }

    @OnEveryRuntime
    void b14_taskThatReturnsATaskOrFutureIsNotFlattened(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeper = createTask(new SleepingBody());
            var future = new CompletableFuture<String>();
            var returnsTask = createTask(() -> sleeper);
            var returnsFuture = createTask(() -> future);
            assertThat((Object) returnsTask.await()).isSameAs(sleeper);
            assertThat((Object) returnsFuture.await()).isSameAs(future);
            assertThat(gather(() -> future, () -> future)).containsExactly(future, future);
            assertThat(sleeper.isDone()).isFalse();
            assertThat(await(CompletableFuture.completedStage(future))).isSameAs(future);
        });
    }

    private static String middle() throws InterruptedException {
        return "middle " + createTask(() -> inner()).await();
    }

    private static String inner() throws InterruptedException {
        return gather(() -> "inner", () -> "other").getFirst();
    }

    private static String failsHere() throws IOException {
        throw new IOException("boom");
    }

    private static String standsHere(Gate started) throws InterruptedException {
        started.open();
        return sleep(FOREVER, "never");
    }

    private static Task<String> isCreatedHere() {
        return createTask(() -> "a");
    }

    private static Task<String> isCreatedIn(TaskGroup group) {
        return group.createTask(() -> "a");
    }

    private static Task<?> gathersHere() throws InterruptedException {
        return gather(Tasks::self, Tasks::self).getFirst();
    }
}
