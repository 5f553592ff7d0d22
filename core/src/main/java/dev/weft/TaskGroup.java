package dev.weft;

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
     * @throws IllegalStateException if the group is shutting down, because something failed or it was cancelled, or has
     *     ended
     * @throws IllegalArgumentException if {@code body} is a task
     */
    default <T extends @Nullable Object> Task<T> createTask(Body<T, ?> body) {
        return createTask(TaskOptions.defaults(), body);
    }

    /** {@link #createTask(Body)} for a body without a result. */
    default Task<@Nullable Void> createTask(VoidBody<?> body) {
        return createTask(TaskOptions.defaults(), body);
    }

    /** {@link #createTask(Body)} for a {@link Callable}. */
    default <T extends @Nullable Object> Task<T> createTask(Callable<T> body) {
        return createTask(TaskOptions.defaults(), Bodies.of(body));
    }

    /** {@link #createTask(Body)} with a name for the task and its thread. */
    default <T extends @Nullable Object> Task<T> createTask(String name, Body<T, ?> body) {
        return createTask(TaskOptions.named(name), body);
    }

    /** {@link #createTask(Body)} with a name for the task and its thread, for a body without a result. */
    default Task<@Nullable Void> createTask(String name, VoidBody<?> body) {
        return createTask(TaskOptions.named(name), body);
    }

    /** {@link #createTask(String, Body)} for a {@link Callable}. */
    default <T extends @Nullable Object> Task<T> createTask(String name, Callable<T> body) {
        return createTask(TaskOptions.named(name), Bodies.of(body));
    }

    /**
     * {@link #createTask(Body)} with options. If they ask for an eager start, this blocks until the task first waits in
     * Weft or ends; that is no cancellation point.
     */
    <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body);

    /** {@link #createTask(TaskOptions, Body)} for a body without a result. */
    default Task<@Nullable Void> createTask(TaskOptions options, VoidBody<?> body) {
        return createTask(options, Bodies.toStart(body));
    }

    /** {@link #createTask(TaskOptions, Body)} for a {@link Callable}. */
    default <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Callable<T> body) {
        return createTask(options, Bodies.of(body));
    }

    /**
     * Cancels all tasks of this group and its block, which then ends without an exception (unless something fails
     * meanwhile). Idempotent; does nothing after the end.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point; but the caller, if it belongs to the
     * group, is now being cancelled.
     */
    void cancel();

    /** As in {@code <TaskGroup tasks=3 cancelling>}. */
    @Override
    String toString();
}
