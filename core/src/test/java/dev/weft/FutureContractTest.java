package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

class FutureContractTest {

    @OnEveryRuntime
    void j15_getReturnsOrWrapsOrTells(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            Future<String> finished = createTask(() -> "a");
            Future<Object> failed = createTask(() -> {
                throw failure;
            });
            Future<Void> cancelled = createTask(() -> sleep(FOREVER));
            assertThat(cancelled.cancel(true)).isTrue();

            assertThat(finished.get()).isEqualTo("a");
            assertThat(finished.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo("a");
            assertThatThrownBy(failed::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
            assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
            assertThat(cancelled.isCancelled()).isTrue();
            assertThat(cancelled.cancel(true)).isFalse();
            assertThat(finished.cancel(true)).isFalse();
        });
    }

    @OnEveryRuntime
    void j15_stateResultNowAndExceptionNow(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            var pending = createTask(() -> sleep(FOREVER));
            var finished = createTask(() -> "a");
            var failed = createTask(() -> {
                throw failure;
            });
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(finished, failed));

            assertThat(pending.state()).isEqualTo(Future.State.RUNNING);
            assertThat(finished.state()).isEqualTo(Future.State.SUCCESS);
            assertThat(failed.state()).isEqualTo(Future.State.FAILED);
            assertThat(finished.resultNow()).isEqualTo("a");
            assertThat(failed.exceptionNow()).isSameAs(failure);
            assertThatThrownBy(failed::resultNow).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(finished::exceptionNow).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(pending::resultNow).isInstanceOf(IllegalStateException.class);
            pending.cancel(false);
            assertThatThrownBy(pending::await).isInstanceOf(CancellationException.class);
            assertThat(pending.state()).isEqualTo(Future.State.CANCELLED);
        });
    }

    @OnEveryRuntime
    void j15_getGivesUpWithoutTouchingTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var task = createTask(() -> {
                gate.await();
                return "later";
            });
            assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> task.get(-1, TimeUnit.DAYS)).isInstanceOf(TimeoutException.class);
            var waiter = createTask(() -> task.get());
            sleep(java.time.Duration.ZERO);
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(task.cancelling()).isZero();
            gate.open();
            assertThat(task.get()).isEqualTo("later");
        });
    }

    @OnEveryRuntime
    void j16_futureAndTaskCancelEachOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var byFuture = createTask(() -> sleep(FOREVER));
            assertThat(byFuture.toCompletableFuture().cancel(true)).isTrue();
            assertThatThrownBy(byFuture::await).isInstanceOf(CancellationException.class);
            assertThat(byFuture.isCancelled()).isTrue();

            var byTask = createTask(() -> sleep(FOREVER));
            var future = byTask.toCompletableFuture();
            byTask.cancel();
            assertThatThrownBy(() -> Weft.await(future)).isInstanceOf(CancellationException.class);
            assertThat(future).isCancelled();
        });
    }

    @OnEveryRuntime
    void j16_awaitedStageAndAwaiterCancelEachOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var stage = new CompletableFuture<String>();
            var begun = new Gate();
            var awaiter = createTask(() -> {
                begun.open();
                return Weft.await(stage);
            });
            begun.await();
            awaiter.cancel();
            assertThatThrownBy(awaiter::await).isInstanceOf(CancellationException.class);
            assertThat(stage).isCancelled();

            var other = new CompletableFuture<String>();
            var second = createTask(() -> Weft.await(other));
            other.cancel(true);
            assertThatThrownBy(second::await).isInstanceOf(CancellationException.class);
            assertThat(second.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void j16_stagesPassValuesAndFailuresAsTheyAre(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("boom");
            String value = Weft.await(CompletableFuture.supplyAsync(() -> "a").thenApply(a -> a + "b"));
            assertThat(value).isEqualTo("ab");
            assertThatThrownBy(() ->
                            Weft.await(CompletableFuture.failedFuture(failure).thenApply(x -> x)))
                    .isSameAs(failure);
            var task = createTask(() -> "v");
            String upper = Weft.await(task.toCompletableFuture().thenApply(String::toUpperCase));
            assertThat(upper).isEqualTo("V");
        });
    }

    @OnEveryRuntime
    void j7_failureOfACancelledTask_isFoundThroughItsFuture(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("in the clean-up");
            var begun = new Gate();
            var task = createTask(() -> {
                begun.open();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    e.addSuppressed(failure);
                    throw e;
                }
            });
            var future = task.toCompletableFuture();
            begun.await();
            task.cancel();
            awaitTrue(future::isDone);
            assertThat(future).isCancelled();
            assertThatThrownBy(future::get)
                    .isInstanceOf(CancellationException.class)
                    .satisfies(e -> assertThat(Throwables.reachableFrom(e)).contains(failure));
        });
    }

    /** As the text of a task tells how many callbacks wait for its end, it tells of what it holds. */
    @OnEveryRuntime
    void j16_futureThatIsCompleteOtherwise_isLetGoByATaskThatGoesOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new StubbornBody();
            Task<Object> longLived = createTask(() -> {
                body.execute();
                return "a";
            });
            body.awaitStarted();
            awaitTrue(() -> longLived.toString().contains("waiting")); // as its text is to stay as it is
            var before = longLived.toString();
            List<Consumer<CompletableFuture<Object>>> ways = List.of(
                    future -> future.complete("b"),
                    future -> future.completeExceptionally(new IOException("boom")),
                    future -> future.obtrudeValue("b"),
                    future -> future.obtrudeException(new IOException("boom")),
                    future -> future.completeAsync(() -> "b", Runnable::run),
                    future -> future.completeAsync(
                            () -> {
                                throw new IllegalStateException("boom");
                            },
                            Runnable::run),
                    future -> future.completeOnTimeout("b", 0, TimeUnit.NANOSECONDS)
                            .join(),
                    future -> assertThatThrownBy(
                            () -> future.orTimeout(0, TimeUnit.NANOSECONDS).join()));
            for (var way : ways) {
                var future = longLived.toCompletableFuture();
                assertThat(longLived.toString()).isNotEqualTo(before);
                way.accept(future);
                assertThat(future).isDone();
                assertThat(longLived).hasToString(before);
            }
            var kept = longLived.toCompletableFuture();
            var cancelled = longLived.toCompletableFuture();
            assertThat(cancelled.cancel(true)).isTrue();
            assertThat(cancelled).isCancelled();
            assertThat(kept).isNotDone();
            body.release();
            assertThat(Weft.await(kept)).isEqualTo("a");
        });
    }

    /** Nobody but the task holds what the dependents hang on. */
    @OnEveryRuntime
    void j16_dependentsOfFuturesThatNobodyHolds_areCompleted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var gate = new Gate();
            var first = createTask(() -> {
                gate.await();
                return "a";
            });
            var second = createTask(() -> "b");
            var upper = first.toCompletableFuture().thenApply(String::toUpperCase);
            var all = CompletableFuture.allOf(first.toCompletableFuture(), second.toCompletableFuture());
            var any = CompletableFuture.anyOf(first.toCompletableFuture());
            collectGarbage();
            gate.open();
            assertThat(Weft.await(upper)).isEqualTo("A");
            assertThat(Weft.await(any)).isEqualTo("a");
            Weft.await(all);
        });
    }

    private static void collectGarbage() {
        var canary = new WeakReference<>(new Object());
        while (!canary.refersTo(null)) {
            System.gc();
        }
    }

    @OnEveryRuntime
    void j16_stageThatThrowsWhenItIsCancelled_doesNotHideTheCancellation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            List<Supplier<CompletableFuture<Object>>> ways = List.of(
                    () -> {
                        throw new IllegalArgumentException("not me");
                    },
                    () -> {
                        throw new AssertionError("not me");
                    },
                    () -> null);
            for (var way : ways) {
                var begun = new Gate();
                var stopped = new AtomicReference<InterruptedException>();
                var awaiter = createTask(() -> {
                    begun.open();
                    try {
                        Weft.await(new HostileStage(way));
                    } catch (InterruptedException e) {
                        stopped.set(e);
                        throw e;
                    }
                });
                begun.await();
                awaiter.cancel("enough");
                assertThatThrownBy(awaiter::await).isInstanceOf(CancellationException.class);
                assertThat(awaiter.isCancelled()).isTrue();
                assertThat(stopped.get()).isInstanceOf(CancelledException.class);
                assertThat(stopped.get().getSuppressed()).hasSize(1);
            }
        });
    }

    @OnEveryRuntime
    void j16_fatalErrorOfAStageThatIsCancelled_isThrownAndTheCancelIsToldAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new Gate();
            var error = new StackOverflowError("in the stage");
            var awaiter = createTask(() -> {
                begun.open();
                assertThatThrownBy(() -> Weft.await(new HostileStage(() -> {
                            throw error;
                        })))
                        .isSameAs(error);
                sleep(FOREVER);
            });
            begun.await();
            awaiter.cancel();
            assertThatThrownBy(awaiter::await).isInstanceOf(CancellationException.class);
        });
    }

    /** Never complete, and cancelled in its own way. */
    private static final class HostileStage extends CompletableFuture<Object> {

        private final Supplier<CompletableFuture<Object>> answer;

        HostileStage(Supplier<CompletableFuture<Object>> answer) {
            this.answer = answer;
        }

        @Override
        public CompletableFuture<Object> toCompletableFuture() {
            return answer.get();
        }
    }
}
