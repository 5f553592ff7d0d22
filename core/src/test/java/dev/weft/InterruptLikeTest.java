package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.Sneaky;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** C, P5: which exceptions of a task that was cancelled say that it was cancelled, and which that it has failed. */
class InterruptLikeTest {

    /** How a task has ended that is cancelled and then throws {@code answer}. */
    private static Future.State endOfACancelledTaskThatThrows(Throwable answer) throws InterruptedException {
        var begun = new Gate();
        var task = createTask(() -> {
            begun.open();
            assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
            throw Sneaky.rethrow(answer);
        });
        begun.await();
        task.cancel();
        Soon.of(() -> {
            Tasks.join(task);
            return null;
        });
        if (task.state() == Future.State.FAILED) {
            assertThat(task.exception()).isSameAs(answer);
        } else {
            task.outcome();
        }
        return task.state();
    }

    private static InterruptedException cancelled() {
        return (InterruptedException) catchThrowable(() -> {
            throw new CancelledException(new Cancellation("test", "test", Deadline.now()));
        });
    }

    private static Throwable wrapped(int times, Throwable cause) {
        var wrapped = cause;
        for (var i = 0; i < times; i++) {
            wrapped = new RuntimeException(wrapped);
        }
        return wrapped;
    }

    @OnEveryRuntime
    void c8_whatAnInterruptLooksLikeIsACancel(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var answer : List.of(
                    new InterruptedException("one's own"),
                    new ClosedByInterruptException(),
                    new FileLockInterruptionException(),
                    new InterruptedIOException("read"),
                    new SocketException("Closed by interrupt"),
                    new IOException(new InterruptedException()),
                    new UncheckedIOException(new InterruptedIOException()),
                    new ExecutionException(new InterruptedException()),
                    wrapped(1, new InterruptedException()),
                    wrapped(2, new InterruptedException()),
                    wrapped(3, new ClosedByInterruptException()),
                    wrapped(10, new InterruptedException()),
                    new IllegalStateException(new ClosedByInterruptException()),
                    new RuntimeException(cancelled()),
                    new IOException(cancelled()),
                    new ExecutionException(cancelled()),
                    new CompletionException(cancelled()),
                    new UncheckedIOException(new IOException(cancelled())))) {
                assertThat(endOfACancelledTaskThatThrows(answer))
                        .as(answer.toString())
                        .isEqualTo(Future.State.CANCELLED);
            }
        });
    }

    @OnEveryRuntime
    void c8_whatOnlyLooksAlikeIsAFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var answer : List.of(
                    new SocketTimeoutException("read timed out"),
                    new SocketException("Connection reset"),
                    new SocketException("Closed by interrupt of a proxy"),
                    new IllegalStateException(cancelled()),
                    new IllegalStateException(new InterruptedException()),
                    new RuntimeException(new IllegalStateException(new InterruptedException())),
                    new IllegalArgumentException("wrapped", cancelled()),
                    new TimeoutException(),
                    new DeadlineExceededException(Deadline.now(), "a limit"),
                    new IOException("broken"),
                    new ExceptionGroup("group", List.of(new InterruptedException())),
                    new ExceptionGroup("group", List.of(new ClosedByInterruptException())),
                    new StackOverflowError(),
                    new AssertionError("no"),
                    (Throwable) new OutOfMemoryError().initCause(new InterruptedException()))) {
                assertThat(endOfACancelledTaskThatThrows(answer))
                        .as(answer.toString())
                        .isEqualTo(Future.State.FAILED);
            }
        });
    }

    @OnEveryRuntime
    void c8_circleOfCausesIsAFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new IllegalStateException("first");
            var second = new IllegalStateException("second", first);
            first.initCause(second);
            assertThat(endOfACancelledTaskThatThrows(first)).isEqualTo(Future.State.FAILED);
        });
    }

    @OnEveryRuntime
    void c8_taskThatNobodyCancelledHasFailedWithAnInterruptOfItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var answer : List.of(new InterruptedException(), new ClosedByInterruptException())) {
                var task = createTask(() -> {
                    throw answer;
                });
                Tasks.join(task);
                assertThat(task.exception()).isSameAs(answer);
            }
        });
    }

    @OnEveryRuntime
    void c8_failuresSuppressedInACancelAreFoundAndCancelsAmongThemAreNone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("clean-up");
            var begun = new Gate();
            var told = new AtomicReference<Throwable>();
            var task = createTask(() -> {
                begun.open();
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    e.addSuppressed(cancelled());
                    e.addSuppressed(failure);
                    told.set(e);
                    throw e;
                }
            });
            begun.await();
            task.cancel("stop");
            var thrown = catchThrowable(() -> Weft.gather(task));
            assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("stop");
            assertThat(thrown).hasCauseReference(told.get());
            assertThat(thrown.getSuppressed()).containsExactly(failure);
        });
    }
}
