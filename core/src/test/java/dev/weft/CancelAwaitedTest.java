package dev.weft;

import static dev.weft.Tasks.reasonOf;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.await;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** C: how cancellation passes along between who awaits and what is awaited. */
class CancelAwaitedTest {

    @OnEveryRuntime
    void c8_cancelledTaskCancelsAndJoinsWhatItAwaitsTransitively(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var innerBody = new SleepingBody();
            var inner = createTask(innerBody);
            var innerHadEnded = new AtomicReference<Boolean>();
            var middleThrew = new AtomicReference<Throwable>();
            var middle = createTask(() -> {
                try {
                    return inner.await();
                } catch (InterruptedException e) {
                    innerHadEnded.set(innerBody.hasEnded());
                    middleThrew.set(e);
                    throw e;
                }
            });
            var middleHadEnded = new AtomicReference<Boolean>();
            var enters = new Gate();
            var outer = createTask(() -> {
                try {
                    enters.open();
                    return middle.await();
                } finally {
                    middleHadEnded.set(middle.isCancelled());
                }
            });
            innerBody.started.await();
            enters.await();
            outer.cancel("enough");
            assertThatThrownBy(outer::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("enough"));
            assertThat(middleHadEnded).hasValue(true);
            assertThat(middle.isCancelled()).isTrue();
            assertThat(inner.isCancelled()).isTrue();
            assertThat(innerBody.interruption()).isInstanceOf(CancelledException.class);
            if (middleThrew.get() != null) { // it may not have begun
                assertThat(middleThrew.get()).isInstanceOf(CancelledException.class);
                assertThat(innerHadEnded).hasValue(true);
            }
        });
    }

    /** There all tasks of the chain wait before anybody is cancelled. */
    @Test
    void c8_everyLinkOfTheChainIsCancelledItselfInsteadOfFindingTheNextCancelled() throws Exception {
        TestRuntime.EVENT_LOOP.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            var middleThrew = new AtomicReference<Throwable>();
            var middle = createTask(() -> {
                try {
                    return inner.await();
                } catch (Throwable e) {
                    middleThrew.set(e);
                    throw e;
                }
            });
            var outer = createTask(() -> middle.await());
            body.started.await();
            outer.cancel();
            assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
            assertThat(middleThrew.get()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryRuntime
    void c8_cancelledTaskCancelsTheFutureThatItAwaits(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var future = new CompletableFuture<String>();
            var enters = new Gate();
            var waiter = createTask(() -> {
                enters.open();
                return await(future);
            });
            enters.await();
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancellationException.class);
            assertThat(future.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void c8_awaitedTaskThatRefusesIsJoinedAndTheWaiterStillCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var mayEnd = new Gate();
            var stubborn = createTask(() -> {
                started.open();
                mayEnd.awaitStubbornly();
                return "a";
            });
            var enters = new Gate();
            var waiter = createTask(() -> {
                enters.open();
                return stubborn.await();
            });
            started.await();
            enters.await();
            waiter.cancel("enough");
            assertThat(Tasks.staysPending(waiter)).isTrue();
            mayEnd.open();
            assertThatThrownBy(waiter::await)
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("enough"));
            assertThat(stubborn.await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void c9_cancellingTheAwaitedTaskCancelsTheAwaiter(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            var seenInside = new AtomicReference<Throwable>();
            var awaiter = createTask(() -> {
                try {
                    return inner.await();
                } catch (Throwable e) {
                    seenInside.set(e);
                    throw e;
                }
            });
            body.started.await();
            inner.cancel("not needed");
            assertThatThrownBy(awaiter::await).isInstanceOf(CancellationException.class);
            assertThat(awaiter.isCancelled()).isTrue();
            assertThat(seenInside.get())
                    .isInstanceOfSatisfying(
                            CancellationException.class,
                            thrown -> assertThat(reasonOf(thrown)).isEqualTo("not needed"));
            assertThat(awaiter.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Cancelled.class,
                            cancelled -> assertThat(cancelled.cancellation().reason())
                                    .isEqualTo("not needed"));
        });
    }

    @OnEveryRuntime
    void c9_cancellingTheAwaitedFutureCancelsTheAwaiter(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var future = new CompletableFuture<String>();
            var enters = new Gate();
            var awaiter = createTask(() -> {
                enters.open();
                return await(future);
            });
            enters.await();
            future.cancel(false);
            assertThatThrownBy(awaiter::await).isInstanceOf(CancellationException.class);
            assertThat(awaiter.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void c9_cancellingBothAtOnceIsFine(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            var awaiter = createTask(() -> inner.await());
            body.started.await();
            inner.cancel("inner");
            awaiter.cancel("outer");
            Tasks.join(inner, awaiter);
            assertThat(inner.isCancelled()).isTrue();
            assertThat(awaiter.isCancelled()).isTrue();

            var future = new CompletableFuture<String>();
            var futuresAwaiter = createTask(() -> await(future));
            future.cancel(false);
            futuresAwaiter.cancel();
            Tasks.join(futuresAwaiter);
            assertThat(futuresAwaiter.isCancelled()).isTrue();
            assertThat(future.isCancelled()).isTrue();
        });
    }

    /**
     * As an exception of Weft's awaits it says that work was cancelled; from elsewhere it is an exception like others.
     */
    @OnEveryRuntime
    void c9_foreignCancellationExceptionIsAFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var foreign = new CancellationException("some library's");
            var task = createTask(() -> {
                throw foreign;
            });
            assertThatThrownBy(task::await).isSameAs(foreign);
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.exception()).isSameAs(foreign);
        });
    }

    @OnEveryRuntime
    void c15_awaiterSeesTheInterruptedLineAndItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(() -> isInterruptedHere(body));
            body.started.await();
            task.cancel();
            assertThatThrownBy(() -> awaitsHere(task))
                    .isInstanceOf(CancellationException.class)
                    .satisfies(thrown -> {
                        assertThat(thrown.getStackTrace()).anyMatch(frame -> isFrameOf("awaitsHere", frame));
                        assertThat(thrown.getCause()).isSameAs(body.interruption());
                        assertThat(thrown.getCause().getStackTrace())
                                .anyMatch(frame -> isFrameOf("isInterruptedHere", frame));
                    });
        });
    }

    @OnEveryRuntime
    void c15_everyAwaiterSeesItsOwnLine(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var task = createTask(body);
            body.started.await();
            task.cancel();
            Tasks.join(task);
            assertThatThrownBy(() -> awaitsHere(task))
                    .satisfies(thrown -> assertThat(thrown.getStackTrace())
                            .anyMatch(frame -> isFrameOf("awaitsHere", frame))
                            .noneMatch(frame -> isFrameOf("awaitsThere", frame)));
            assertThatThrownBy(() -> awaitsThere(task))
                    .satisfies(thrown -> assertThat(thrown.getStackTrace())
                            .anyMatch(frame -> isFrameOf("awaitsThere", frame))
                            .noneMatch(frame -> isFrameOf("awaitsHere", frame)));
        });
    }

    @OnEveryRuntime
    void c16_awaiterOfACancelledTaskMayCatchAndTranslate(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var body = new SleepingBody();
            var inner = createTask(body);
            body.started.await();
            inner.cancel();
            var translating = createTask(() -> {
                try {
                    return inner.await();
                } catch (CancellationException e) {
                    throw new IOException("translated", e);
                }
            });
            assertThatThrownBy(translating::await)
                    .isInstanceOf(IOException.class)
                    .hasMessage("translated");
            assertThat(translating.isCancelled()).isFalse();

            var replacing = createTask(() -> {
                try {
                    return shield(inner);
                } catch (CancellationException e) {
                    return "replaced";
                }
            });
            assertThat(replacing.await()).isEqualTo("replaced");
            assertThat(replacing.cancelling()).isZero();
        });
    }

    private static String isInterruptedHere(SleepingBody body) throws InterruptedException {
        return body.run();
    }

    private static String awaitsHere(Task<String> task) throws InterruptedException {
        return task.await();
    }

    private static String awaitsThere(Task<String> task) throws InterruptedException {
        return shield(task);
    }

    private static boolean isFrameOf(String method, StackTraceElement frame) {
        return frame.getMethodName().equals(method);
    }

    @OnEveryRuntime
    void c9_messageSaysWhichTaskWasCancelled_andByWhom(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = createTask("child", () -> sleep(FOREVER));
            child.cancel("enough");
            var awaiter = createTask("awaiter", () -> child.await());
            var next = createTask("next", () -> awaiter.await());
            var main = self().name();
            var cancelled = "task 'child' was cancelled by task '" + main + "': enough";
            assertThatThrownBy(child::await).hasMessage(cancelled);
            assertThatThrownBy(awaiter::await).hasMessage("task 'awaiter' ended because " + cancelled);
            assertThatThrownBy(next::await).hasMessage("task 'next' ended because " + cancelled);
        });
    }

    @OnEveryRuntime
    void c9_messageTellsATaskFromAnotherOfItsName_andFromItself(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var twin = createTask("twin", () -> sleep(FOREVER));
            var other = createTask("twin", () -> twin.cancel());
            assertThatThrownBy(twin::await).hasMessage("task 'twin' was cancelled by another task 'twin'");
            other.await();
            var own = createTask("own", () -> {
                self().cancel("tired");
                sleep(FOREVER);
            });
            assertThatThrownBy(own::await).hasMessage("task 'own' was cancelled by itself: tired");
        });
    }

    /** The exception of a main that lets pass what it got for awaiting a task that it had cancelled. */
    @OnEveryRuntime
    void c9_mainThatAwaitsATaskThatItHasCancelled(TestRuntime runtime) throws Exception {
        assertThatThrownBy(() -> runtime.run(() -> {
                    var child = createTask("child", () -> sleep(FOREVER));
                    child.cancel();
                    child.await();
                }))
                .hasMessageContaining(" ended because task 'child' was cancelled by task '");
    }
}
