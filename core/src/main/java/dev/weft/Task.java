package dev.weft;

import dev.weft.internal.task.TaskEnd;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that has been started on a virtual thread of its own, to be awaited, watched and cancelled.
 *
 * <p>A task is <em>pending</em> until it ends, and then <em>finished</em> with a value, <em>failed</em> with the
 * exception that its body threw, or <em>cancelled</em>. Only the body decides which; nobody can set the outcome from
 * outside.
 *
 * <p><b>Cancelling</b> is a request. It is delivered where the task blocks: in Weft as {@link CancelledException},
 * elsewhere as an interrupt. It is delivered once (the task may catch it, clean up with calls that block, and go on),
 * and counted, so that a block which made a request can tell its own from others'. The task is cancelled if it then
 * ends with that exception, or with any of those in which an interrupt surfaces; it has finished if it returns a value
 * nevertheless.
 *
 * <p>A task is a {@link Body} too, so {@code gather}, {@code asCompleted}, {@code waitFor} and the like take tasks and
 * bodies alike.
 *
 * <p>Thread-safe. All that the body wrote is visible to a thread that has seen the task's end; all that was written
 * before the task's creation is visible to the body.
 *
 * @param <T> the type of its value
 */
public sealed interface Task<T extends @Nullable Object> extends Future<T>, Body<T, RuntimeException> permits TaskEnd {

    /**
     * Waits for this task to end and returns its value.
     *
     * <p><b>Blocking:</b> until the task has ended. <b>Cancellation:</b> always a cancellation point. As in asyncio, a
     * caller that is cancelled here (or interrupted) cancels this task too, and leaves after it has ended; to leave it
     * running, await {@link Weft#shield shield}{@code (task)} or use {@link #get()} or {@link Weft#waitUntil
     * waitUntil}, which only watch.
     *
     * <p>If the task has failed, this throws the very exception that its body threw, checked ones included although
     * they are not declared here: {@link #await(Class)} declares one.
     *
     * @return the value of the body
     * @throws java.util.concurrent.CancellationException if this task was cancelled
     * @throws InterruptedException if the caller was; {@link CancelledException} if by a request to its task
     * @throws IllegalStateException if this task waits for the caller, directly or through others (or is the caller):
     *     the wait would never end
     */
    T await() throws InterruptedException;

    /**
     * {@link #await()}, for a body that throws a checked exception.
     *
     * @param <X> the type of the exception
     * @param declared names the exception to the compiler; it filters nothing
     * @return the value of the body
     * @throws X the exception of the body, if it is one
     * @throws InterruptedException if the caller was; {@link CancelledException} if by a request to its task
     */
    default <X extends Exception> T await(Class<X> declared) throws X, InterruptedException {
        java.util.Objects.requireNonNull(declared, "declared");
        return await();
    }

    /** {@link #await()}: lets a task stand where a body can. It is not started again. */
    @Override
    default T run() throws InterruptedException {
        return await();
    }

    /**
     * The value of a task that has ended.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the value; a task that has failed throws the very exception of its body instead
     * @throws java.util.concurrent.CancellationException if this task was cancelled
     * @throws IllegalStateException if it has not ended
     */
    T result();

    /**
     * The exception that a task has failed with, or null if it has finished. Counts as having looked at it.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the very exception that the body threw, or null
     * @throws java.util.concurrent.CancellationException if this task was cancelled
     * @throws IllegalStateException if it has not ended
     */
    @Nullable
    Throwable exception();

    /**
     * The end of this task as a value. Counts as having looked at it.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return a success, a failure or a cancellation
     * @throws IllegalStateException if it has not ended
     */
    Outcome<T> outcome();

    /**
     * Asks this task to stop, giving a reason.
     *
     * <p><b>Blocking:</b> not for the task's end. But the caller interrupts a task that is blocked outside of Weft, and
     * if it is blocked in an {@linkplain java.nio.channels.InterruptibleChannel interruptible channel}, the interrupt
     * closes that: this returns when the channel's close has returned. A task in {@link Weft#blocking blocking} on an
     * event loop is interrupted by another thread, for which this does not wait. <b>Cancellation:</b> never a
     * cancellation point. A task that has not begun will not run at all. A task that cancels itself is stopped at its
     * next cancellation point, or ends cancelled if it returns before one.
     *
     * @param reason anything; found again in {@link CancelledException#cancellation()}
     * @return false if the task has ended already; true if it has been asked, even if others did before
     */
    boolean cancel(@Nullable Object reason);

    /**
     * {@link #cancel(Object)} without a reason.
     *
     * @return false if the task has ended already; true if it has been asked, even if others did before
     */
    default boolean cancel() {
        return cancel(null);
    }

    /**
     * {@link #cancel(Object)} without a reason, whatever the argument: a task that could not be interrupted could not
     * be stopped.
     */
    @Override
    default boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(null);
    }

    /**
     * The number of pending requests to stop: those made and not yet withdrawn by {@link #uncancel()}. Blocks that ask
     * their own task, as a timeout does, withdraw their requests themselves.
     *
     * @return from 0
     */
    int cancelling();

    /**
     * Withdraws one request to stop. If it was the last and has not been delivered yet, it never will be. For code that
     * goes on after a cancellation that it has requested itself. Does nothing after the end.
     *
     * @return the number of requests that are still pending; 0 if there was none
     */
    int uncancel();

    /**
     * Registers a callback that is called once, with this task, after the task has ended. Callbacks that were added
     * before the end are called in the order of adding, on a thread that carries no task's context; on the event loop
     * in a turn of their own. If the task has ended already, the callback is called soon, never by the caller of this
     * method. An exception that it throws goes to the run's {@link ProblemHandler} and harms nothing else.
     *
     * @param callback gets this task, which has ended
     * @return removes the callback, if it has not been called yet
     */
    Registration onDone(Consumer<? super Task<T>> callback);

    /**
     * The call that has started the task, for metrics and the like: the {@linkplain GroupOptions#name name} of its
     * group, or else what it is, as {@code gather}, {@code race}, {@code task group} or {@code run}. There are few of
     * them, however many tasks there are.
     *
     * @return a name for many tasks
     * @since 0.1.0
     */
    String callName();

    /**
     * Whether the task was given its name.
     *
     * @return false if its name is a number, or the {@linkplain Runner.Builder#mainName run's}
     * @since 0.1.0
     */
    boolean isNamed();

    /**
     * The task's name, which is also its thread's: as given, or {@code Task-} and a number that increases.
     *
     * @return never null; other tasks may have the same name if it was given
     */
    String name();

    /**
     * This task as a {@link CompletableFuture}. Cancelling that cancels the task, and the other way round; completing
     * it otherwise does nothing to the task. Counts as having looked at the task.
     *
     * <p>Each call makes a new one. The task holds it until it is complete, by the task's end or otherwise, because
     * stages that depend on it must be completed although nobody else holds it. To wait again and again for a task that
     * lives long, keep one future, or use {@link #onDone}, whose callback can be removed.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return a new future, complete if the task has ended
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * The stack of this task now, innermost call first; empty if it has not begun or has ended without failing; the
     * exception's stack trace if it has failed.
     *
     * @param limit the greatest number of frames, from 0
     * @return {@code limit} frames at most; a snapshot, which may be out of date when it is read
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    List<StackTraceElement> stackTrace(int limit);

    /**
     * The stack of this task's creation, innermost call first. Empty unless the run is in
     * {@linkplain Runner.Builder#debug debug mode}.
     *
     * @return unmodifiable; also that of a task that has ended
     */
    List<StackTraceElement> creationTrace();

    /**
     * As in {@code <Task finished name=Task-3 result=42>}: state, name, result or exception, what it waits for and how
     * many callbacks it has.
     */
    @Override
    String toString();
}
