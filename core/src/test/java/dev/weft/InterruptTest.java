package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** What becomes of a task that is asked to stop and does something else. */
class InterruptTest {

    @OnEveryRuntime
    void j4_bodyThatCatchesRequestAndReturns_hasSucceeded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            Task<String> task = createTask(() -> {
                started.open();
                try {
                    sleep(FOREVER);
                    return "slept";
                } catch (CancelledException e) {
                    return "told by " + e.cancellation().reason();
                }
            });
            started.await();
            assertThat(task.cancel("me")).isTrue();
            assertThat(task.await()).isEqualTo("told by me");
            assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @OnEveryRuntime
    void j4_bodyThatCatchesInterruptOfJdkCallAndReturns_hasSucceeded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thread = new AtomicReference<Thread>();
            Task<Integer> task = createTask(() -> blocking(() -> {
                thread.set(Thread.currentThread());
                try {
                    new CountDownLatch(1).await();
                    return 1;
                } catch (InterruptedException e) {
                    return 2;
                }
            }));
            awaitBlocked(thread, "CountDownLatch.await");
            task.cancel();
            assertThat(task.await()).isEqualTo(2);
            assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
        });
    }

    @OnEveryRuntime
    void j4_bodyThatReturnsWithoutNoticingRequest_hasSucceeded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var asked = new CountDownLatch(1);
            Task<Integer> task = createTask(() -> blocking(() -> {
                started.open();
                awaitUninterruptibly(asked);
                return 3;
            }));
            started.await();
            task.cancel();
            asked.countDown();
            assertThat(task.await()).isEqualTo(3);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @OnEveryRuntime
    void j4_bodyThatThrowsAnotherExceptionOnRequest_hasFailedWithThat(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var failure = new IOException("while cleaning up");
            Task<Void> task = createTask(() -> {
                started.open();
                try {
                    sleep(FOREVER);
                } finally {
                    fail(failure);
                }
            });
            started.await();
            task.cancel();
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
            assertThat(task.exceptionNow()).isSameAs(failure);
        });
    }

    @OnEveryRuntime
    void j4_bodyThatThrowsAnotherExceptionOnInterruptOfJdkCall_hasFailedWithThat(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thread = new AtomicReference<Thread>();
            var failure = new IllegalArgumentException("mine");
            Task<Void> task = createTask(() -> blocking(() -> {
                thread.set(Thread.currentThread());
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw failure;
                }
            }));
            awaitBlocked(thread, "CountDownLatch.await");
            task.cancel();
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
        });
    }

    @OnEveryRuntime
    void j4_bodyThatThrowsBecauseOfItsCancellation_hasFailedWithThat(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            Task<Void> task = createTask(() -> {
                started.open();
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    throw new IllegalStateException("mine", e);
                }
            });
            started.await();
            task.cancel();
            assertThatThrownBy(task::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("mine");
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
        });
    }

    @OnEveryRuntime
    void j4_childOfGroupFailsBecauseOfAnInterrupt_groupIsAFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var failure = new IOException("half done", new InterruptedException("the pool is closed"));
            Task<Void> task = createTask(() -> taskGroup(group -> {
                group.createTask(() -> fail(failure));
                try {
                    sleep(FOREVER);
                } finally {
                    started.open();
                    new Gate().await();
                }
            }));
            started.await();
            task.cancel();
            assertThatThrownBy(task::await)
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions()).containsExactly(failure));
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
        });
    }

    @OnEveryRuntime
    void j4_interruptWithoutRequest_isAFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new InterruptedException("nobody asked");
            Task<Void> task = createTask(() -> {
                throw failure;
            });
            assertThatThrownBy(() -> gather(task)).isSameAs(failure);
            assertThat(task.state()).isEqualTo(Future.State.FAILED);
        });
    }

    private static void awaitBlocked(AtomicReference<Thread> thread, String method) {
        Yielding.until(() -> thread.get() != null);
        Blocked.awaitIn(thread.get(), method);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // that is what the caller is for
            }
        }
    }

    private static <X extends Exception> void fail(X failure) throws X {
        throw failure;
    }
}
