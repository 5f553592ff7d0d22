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
 * <p>Thread-safe. All that the body wrote is visible to whoever has seen that the task has ended; all that was written
 * before its creation is visible to the body.
 *
 * @param <T> the type of its value
 */
public sealed interface Task<T extends @Nullable Object> extends Future<T>, Body<T, RuntimeException> permits TaskEnd {

    /**
     * Waits for this task to end and returns its value.
     *
     * <p><b>Blocking:</b> until the task has ended. <b>Cancellation:</b> always a cancellation point. As in asyncio,
     * who is cancelled here (or interrupted) cancels this task too, and leaves after it has ended; to leave it running,
     * await {@link Weft#shield shield}{@code (task)} or use {@link #get()} or {@link Weft#waitUntil waitUntil}, which
     * only watch.
     *
     * <p>If the task has failed, this throws the very exception that its body threw, checked ones included although
     * they are not declared here: {@link #await(Class)} declares one.
     *
     * @return what the body returned
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
     * @throws X what the body threw, if it is one
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
     * @throws java.util.concurrent.CancellationException if this task was cancelled
     * @throws IllegalStateException if it has not ended
     */
    T result();

    /**
     * The exception that a task has failed with, or null if it has finished. Counts as having looked at it.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @throws java.util.concurrent.CancellationException if this task was cancelled
     * @throws IllegalStateException if it has not ended
     */
    @Nullable
    Throwable exception();

    /**
     * How this task ended. Counts as having looked at it.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
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
     * cancellation point. A task that has not begun will not run at all. A task that cancels itself is told so at its
     * next cancellation point, or ends cancelled if it returns before one.
     *
     * @param reason anything; found again in {@link CancelledException#cancellation()}
     * @return false if the task has ended already; true if it has been asked, even if others did before
     */
    boolean cancel(@Nullable Object reason);

    /** {@link #cancel(Object)} without a reason. */
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
     * How many requests to stop stand: made and not taken back by {@link #uncancel()}. Blocks that ask their own task,
     * as a timeout does, take theirs back themselves.
     */
    int cancelling();

    /**
     * Takes one request to stop back. If it was the last and has not been delivered yet, it never will be. For code
     * that has caught a cancellation that it asked for itself and goes on. Does nothing after the end.
     *
     * @return how many requests still stand
     */
    int uncancel();

    /**
     * Has {@code callback} called once with this task, after its end. Callbacks that were added before the end are
     * called in the order of adding, on a thread that carries no task's context; on the event loop in a turn of their
     * own. If the task has ended already, the callback is called soon, never by the caller of this method. An exception
     * that it throws goes to the run's {@link ProblemHandler} and harms nothing else.
     *
     * @return takes the callback back, if it has not been called yet
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
     * @return false if its name is a number
     * @since 0.1.0
     */
    boolean isNamed();

    /** The task's name, which is also its thread's: as given, or {@code Task-} and a number that increases. */
    String name();

    /**
     * This task as a {@link CompletableFuture}. Cancelling that cancels the task, and the other way round; completing
     * it otherwise does nothing to the task. Counts as having looked at the task.
     *
     * <p>Each call makes a new one. The task holds it until it is complete, by the task's end or otherwise, because
     * what depends on it must be completed although nobody else holds it. To wait for a task that lives long again and
     * again, keep one future, or use {@link #onDone}, which can be taken back.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * Where this task stands now, innermost call first; empty if it has not begun or has ended without failing; the
     * exception's stack trace if it has failed.
     *
     * @param limit how many frames at most
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    List<StackTraceElement> stackTrace(int limit);

    /**
     * Where this task was created, innermost call first. Empty unless the run is in {@linkplain Runner.Builder#debug
     * debug mode}.
     */
    List<StackTraceElement> creationTrace();

    /**
     * As in {@code <Task finished name=Task-3 result=42>}: state, name, result or exception, what it waits for and how
     * many callbacks it has.
     */
    @Override
    String toString();
}
