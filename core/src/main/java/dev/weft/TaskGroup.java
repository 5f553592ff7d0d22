package dev.weft;

import dev.weft.internal.api.Bodies;
import dev.weft.internal.scope.TaskGroupImpl;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live and end together, within the block of {@link Weft#taskGroup(GroupBody) taskGroup}. The block ends
 * when they all have.
 *
 * <p>Thread-safe: children may add siblings, also while the block waits for them.
 */
public sealed interface TaskGroup permits TaskGroupImpl {

    /**
     * Starts a task in this group. It begins at once, or when the group's {@linkplain GroupOptions#limit limit} lets
     * it, in the order of creation.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the type of the result
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @throws IllegalStateException if the group is shutting down, because something failed or it was cancelled, or has
     *     ended
     * @throws IllegalArgumentException if {@code body} is a task
     */
    default <T extends @Nullable Object> Task<T> createTask(Body<T, ?> body) {
        return createTask(TaskOptions.defaults(), body);
    }

    /**
     * {@link #createTask(Body)} for a body without a result.
     *
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    default Task<@Nullable Void> createTask(VoidBody<?> body) {
        return createTask(TaskOptions.defaults(), body);
    }

    /**
     * {@link #createTask(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @since 0.1.0
     */
    default <T extends @Nullable Object> Task<T> createTask(Callable<T> body) {
        return createTask(TaskOptions.defaults(), Bodies.of(body));
    }

    /**
     * {@link #createTask(Body)} with a name for the task and its thread.
     *
     * @param <T> the type of the result
     * @param name the name of the task and its thread; need not be unique
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    default <T extends @Nullable Object> Task<T> createTask(String name, Body<T, ?> body) {
        return createTask(TaskOptions.named(name), body);
    }

    /**
     * {@link #createTask(Body)} with a name for the task and its thread, for a body without a result.
     *
     * @param name the name of the task and its thread; need not be unique
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    default Task<@Nullable Void> createTask(String name, VoidBody<?> body) {
        return createTask(TaskOptions.named(name), body);
    }

    /**
     * {@link #createTask(String, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param name the name of the task and its thread; need not be unique
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @since 0.1.0
     */
    default <T extends @Nullable Object> Task<T> createTask(String name, Callable<T> body) {
        return createTask(TaskOptions.named(name), Bodies.of(body));
    }

    /**
     * {@link #createTask(Body)} with options. An eager start blocks as {@link Weft#createTask(TaskOptions, Body)} says;
     * that is not a cancellation point.
     *
     * @param <T> the type of the result
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body);

    /**
     * {@link #createTask(TaskOptions, Body)} for a body without a result.
     *
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    default Task<@Nullable Void> createTask(TaskOptions options, VoidBody<?> body) {
        return createTask(options, Bodies.toStart(body));
    }

    /**
     * {@link #createTask(TaskOptions, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @since 0.1.0
     */
    default <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Callable<T> body) {
        return createTask(options, Bodies.of(body));
    }

    /**
     * Starts a task in this group and waits until it says that it is ready: Trio's {@code nursery.start}.
     *
     * <pre>{@code
     * int port = group.start(ready -> {
     *     try (var socket = new ServerSocket(0)) {
     *         ready.set(socket.getLocalPort());                 // start returns this
     *         serve(socket);                                    // and the task goes on
     *     }
     * });
     * }</pre>
     *
     * <p>Until it is ready, the task is the caller's affair: if it fails, this throws the exception, and the group goes
     * on. From then on it is an ordinary task of this group. The type of the value comes from what it is assigned to.
     *
     * <p><b>Blocking:</b> until the task is ready or has ended, and in a group with a limit also until it is its turn.
     * <b>Cancellation:</b> always a cancellation point; a task that is not ready yet is cancelled and joined first,
     * while one that is has its value dropped and goes on. <b>Memory visibility:</b> what the task did before it was
     * ready is visible to the caller.
     *
     * @param <V> the type of the value that the starter gets
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body must set its {@link Ready} once
     * @return the value given to {@link Ready#set}
     * @throws X the exception of a body that was not ready yet
     * @throws java.util.concurrent.CancellationException if the task was cancelled before it was ready
     * @throws IllegalStateException if the task ended without being ready; if the group is shutting down or has ended;
     *     if it has a limit and the caller is within one of its tasks, whose place the new one may need; if the task
     *     waits for the caller
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    default <V extends @Nullable Object, X extends Exception> V start(StartBody<V, X> body)
            throws X, InterruptedException {
        return start(TaskOptions.defaults(), body);
    }

    /**
     * {@link #start(StartBody)} with a name for the task and its thread.
     *
     * @param <V> the type of the value that the starter gets
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param name the name of the task and its thread; need not be unique
     * @param body must set its {@link Ready} once
     * @return the value given to {@link Ready#set}
     * @throws X the exception of a body that was not ready yet
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    default <V extends @Nullable Object, X extends Exception> V start(String name, StartBody<V, X> body)
            throws X, InterruptedException {
        return start(TaskOptions.named(name), body);
    }

    /**
     * {@link #start(StartBody)} with options.
     *
     * @param <V> the type of the value that the starter gets
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body must set its {@link Ready} once
     * @return the value given to {@link Ready#set}
     * @throws X the exception of a body that was not ready yet
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    <V extends @Nullable Object, X extends Exception> V start(TaskOptions options, StartBody<V, X> body)
            throws X, InterruptedException;

    /**
     * Cancels all tasks of this group and its block, which then ends without an exception (unless something fails
     * meanwhile). Idempotent; does nothing after the end.
     *
     * <p><b>Blocking:</b> as {@link Task#cancel(Object)}: not for the end of the tasks or the block; until the channels
     * are closed that these are blocked in. <b>Cancellation:</b> never a cancellation point; but the caller, if it
     * belongs to the group, is now being cancelled.
     */
    void cancel();

    /** As in {@code <TaskGroup tasks=3 cancelling>}. */
    @Override
    String toString();
}
