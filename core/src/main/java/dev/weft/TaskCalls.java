package dev.weft;

import dev.weft.internal.block.Abandonable;
import dev.weft.internal.block.StageWait;
import dev.weft.internal.run.Runs;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.scope.CompletionOrder;
import dev.weft.internal.scope.WaitUntil;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.Checks;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls around tasks that one can hold. */
abstract class TaskCalls extends StructuredCalls {

    TaskCalls() {}

    /**
     * Starts a task in the background. It belongs to the enclosing {@code run}, which holds it strongly, and cancels it
     * if it still runs when main ends.
     *
     * <p>A failure that nobody has looked at by then is reported to the run's {@link ProblemHandler}.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point. <b>Memory visibility:</b> what the
     * caller did before is visible to the body.
     *
     * <p>A thread that helps the caller, as those of a parallel stream do, is in no run. Take {@link #currentRun()}
     * along and call {@link Run#createTask(Body)}: that works on any thread.
     *
     * @throws IllegalStateException if there is no enclosing {@code run}
     * @throws IllegalArgumentException if {@code body} is a task
     */
    public static <T extends @Nullable Object> Task<T> createTask(Body<T, ?> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), body);
    }

    /** {@link #createTask(Body)} for a body without a result. */
    public static Task<@Nullable Void> createTask(VoidBody<?> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), Bodies.toStart(body));
    }

    /**
     * {@link #createTask(Body)} for a {@link Callable}.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> Task<T> createTask(Callable<T> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), Bodies.of(body));
    }

    /** {@link #createTask(Body)} with a name for the task and its thread. */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Body<T, ?> body) {
        return Runs.current("createTask").createTask(TaskOptions.named(name), body);
    }

    /** {@link #createTask(Body)} with a name for the task and its thread, for a body without a result. */
    public static Task<@Nullable Void> createTask(String name, VoidBody<?> body) {
        return Runs.current("createTask").createTask(TaskOptions.named(name), Bodies.toStart(body));
    }

    /**
     * {@link #createTask(String, Body)} for a {@link Callable}.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Callable<T> body) {
        return Runs.current("createTask").createTask(TaskOptions.named(name), Bodies.of(body));
    }

    /**
     * {@link #createTask(Body)} with options.
     *
     * <p><b>Blocking:</b> if the options ask for an eager start, until the task first waits or ends; else never. On the
     * event loop only a wait in Weft counts, as every other one holds the turn. On the parallel runtime any wait does,
     * and a caller that is interrupted or asked to stop waits no more. <b>Cancellation:</b> never a cancellation point:
     * a request that ends this wait is delivered at the caller's next one.
     */
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body) {
        return Runs.current("createTask").createTask(options, body);
    }

    /** {@link #createTask(TaskOptions, Body)} for a body without a result. */
    public static Task<@Nullable Void> createTask(TaskOptions options, VoidBody<?> body) {
        return Runs.current("createTask").createTask(options, Bodies.toStart(body));
    }

    /**
     * {@link #createTask(TaskOptions, Body)} for a {@link Callable}.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Callable<T> body) {
        return Runs.current("createTask").createTask(options, Bodies.of(body));
    }

    /**
     * Waits for tasks, without touching them: asyncio's {@code wait}. Never cancels a task, and never throws what one
     * threw.
     *
     * <p><b>Blocking:</b> until {@code when} is satisfied. <b>Cancellation:</b> always a cancellation point; the tasks
     * go on.
     *
     * @param tasks at least one; those given twice count once
     * @throws IllegalArgumentException if no task is given
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> Waited<T> waitUntil(
            ReturnWhen when, Iterable<? extends Task<? extends T>> tasks) throws InterruptedException {
        return WaitUntil.waitUntil(when, tasks, Durations.FOREVER);
    }

    /**
     * {@link #waitUntil(ReturnWhen, Iterable)} for at most {@code limit}; that it passes is no error: what has not
     * ended by then is {@link Waited#pending() pending}.
     *
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, this only looks
     */
    public static <T extends @Nullable Object> Waited<T> waitUntil(
            ReturnWhen when, Iterable<? extends Task<? extends T>> tasks, Duration limit) throws InterruptedException {
        return WaitUntil.waitUntil(when, tasks, limit);
    }

    /**
     * Hands out as many completions as bodies or tasks are given; awaiting them yields the results in the order in
     * which they come: asyncio's {@code as_completed}.
     *
     * <pre>{@code
     * for (var next : asCompleted(bodies)) {
     *     System.out.println(next.await());
     * }
     * }</pre>
     *
     * <p>Bodies are started now. They are owned by what this returns: see {@link AsCompleted#close}. Tasks are only
     * watched; one given twice is delivered once.
     *
     * <p><b>Blocking:</b> never; only {@link Completion#await} does. But if not all bodies can be started, this stops
     * those that were, waits for their end, and throws the reason. <b>Cancellation:</b> never a cancellation point.
     *
     * @param bodies bodies, callables and tasks, mixed as you like
     * @return as many completions; close it if you do not await them all
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(
            Collection<? extends Callable<? extends T>> bodies) {
        return CompletionOrder.untimed(Bodies.list(bodies));
    }

    /** {@link #asCompleted(Collection)} of the arguments. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(Body<? extends T, ?>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Checks.elements(bodies, "bodies")));
    }

    /**
     * {@link #asCompleted(Collection)} of bodies without results: each gives null, and a task its value.
     *
     * @since 0.1.0
     */
    public static AsCompleted<Completion<@Nullable Object>> asCompleted(VoidBody<?>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Bodies.all(bodies)));
    }

    /**
     * {@link #asCompleted(Collection)} of {@link Callable}s.
     *
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(Callable<? extends T>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Bodies.all(bodies)));
    }

    /**
     * {@link #asCompleted(Collection)} with a limit to the whole, counted from now. When it has passed, each completion
     * that finds no ended task throws {@link java.util.concurrent.TimeoutException}.
     *
     * @param limit {@link Weft#FOREVER} for none
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> AsCompleted<TimedCompletion<T>> asCompleted(
            Collection<? extends Callable<? extends T>> bodies, Duration limit) {
        return CompletionOrder.timed(Bodies.list(bodies), limit);
    }

    /**
     * Waits for a {@link CompletionStage}, so that cancellation passes in both directions: who is cancelled here
     * cancels the stage's future; if the stage was cancelled, this throws {@code CancellationException}.
     *
     * <p><b>Blocking:</b> until the stage is complete. <b>Cancellation:</b> always a cancellation point.
     *
     * <p>If the stage has failed, this throws its exception itself, not a wrapper; also a checked one that is not
     * declared here.
     *
     * @throws java.util.concurrent.CancellationException if the stage was cancelled
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws InterruptedException {
        return StageWait.await(stage);
    }

    /**
     * The task that the caller runs in; empty on a thread that belongs to no task.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     */
    public static Optional<Task<?>> currentTask() {
        return Optional.ofNullable(TaskImpl.currentTaskOrNull());
    }

    /**
     * The run that the caller is in, as a handle for other threads.
     *
     * @throws IllegalStateException if there is none
     */
    public static Run currentRun() {
        return Runs.current("currentRun");
    }

    /**
     * All tasks of the caller's run that have not ended, the caller's own included. A snapshot; empty outside of a run.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     */
    public static Set<Task<?>> allTasks() {
        var run = Runs.currentOrNull();
        return run == null ? Set.of() : run.allTasks();
    }

    /**
     * The calls of {@link Weft#abandonOnCancel abandonOnCancel} in this process that go on without a caller. A
     * snapshot.
     */
    public static List<AbandonedCall> abandonedCalls() {
        return Abandonable.abandonedCalls();
    }
}
