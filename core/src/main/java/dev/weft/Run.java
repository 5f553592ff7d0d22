package dev.weft;

import dev.weft.internal.api.Bodies;
import dev.weft.internal.run.RunScope;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A running {@link Weft#run run}, as a handle for other threads: a task can be put into it from anywhere, which is
 * asyncio's {@code run_coroutine_threadsafe}.
 *
 * <p>Thread-safe.
 *
 * @see Weft#currentRun()
 */
public sealed interface Run permits RunScope, StartedRun {

    /**
     * Starts a background task in this run.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the type of the result
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @throws IllegalStateException if the run has ended or its main is done
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
     * {@link #createTask(Body)} with options.
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
     * @since 0.1.0
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
     * This run as an executor, whose tasks are background tasks of the run: they are in dumps, metrics and timelines,
     * carry context, and end with the run. For code that asks for an executor: {@code CompletableFuture.supplyAsync},
     * an HTTP client, {@code @Async}.
     *
     * <p>{@code submit} returns a {@link Task}. A failure in {@code execute} is reported at once, as nobody can look at
     * it. {@code shutdown} ends this executor and not the run; each call of this method makes a new one. A body that is
     * given to it when it is shut down, or the run has ended or drains, is rejected by a
     * {@link java.util.concurrent.RejectedExecutionException}.
     *
     * <p>Its calls that wait ({@code invokeAll}, {@code invokeAny}, {@code awaitTermination}, {@code close}) are
     * cancellation points, and throw {@link InterruptedException} then, but for {@code close}. A caller that is stopped
     * in one of the first two cancels the tasks and joins them. A {@code close} by a task of the executor, which would
     * wait for itself, throws {@link IllegalStateException}. {@code shutdownNow} blocks as {@link Task#cancel(Object)}.
     *
     * @return a new executor
     * @since 0.1.0
     */
    ExecutorService asExecutorService();

    /**
     * All tasks of this run that have not ended: main, background tasks, and those in groups and structured calls. A
     * snapshot.
     *
     * @return a new set; empty once the run has ended
     */
    Set<Task<?>> allTasks();
}
