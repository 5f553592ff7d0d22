package dev.weft;

import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.api.Bodies;
import dev.weft.internal.api.Checks;
import dev.weft.internal.block.Abandonable;
import dev.weft.internal.block.Blocking;
import dev.weft.internal.block.Shield;
import dev.weft.internal.block.StageWait;
import dev.weft.internal.block.TimeoutBlock;
import dev.weft.internal.block.Uninterrupted;
import dev.weft.internal.block.WaitFor;
import dev.weft.internal.dump.Dump;
import dev.weft.internal.run.Runs;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.scope.CompletionOrder;
import dev.weft.internal.scope.ConcurrentItems;
import dev.weft.internal.scope.Dropped;
import dev.weft.internal.scope.TaskGroupImpl;
import dev.weft.internal.scope.WaitUntil;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.InheritedContext;
import dev.weft.internal.task.ProcessDefaults;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's task toolkit, for blocking code on virtual threads. Made for {@code import static dev.weft.Weft.*}.
 *
 * <pre>{@code
 * List<String> pages = gather(() -> fetch(a), () -> fetch(b));              // throws what fetch throws; leaves nothing behind
 * String page = timeout(ofSeconds(2), () -> fetch(a));                      // on this very thread
 * taskGroup(group -> {
 *     urls.forEach(url -> group.createTask(() -> fetch(url)));
 * });
 * }</pre>
 *
 * <p>All of these calls work on any thread, platform or virtual, and need no set-up; only {@link #createTask
 * createTask}, for work in the background, needs an enclosing {@link #run run}. Interrupting a thread that is in such a
 * call cancels the call.
 *
 * <h2>By purpose</h2>
 *
 * <dl>
 *   <dt>A program and its background work
 *   <dd>{@link #run(Body) run}, {@link #createTask(Body) createTask}, {@link #currentRun currentRun},
 *       {@link #currentTask currentTask}, {@link #allTasks allTasks}
 *   <dt>Several at the same time
 *   <dd>{@link #gather(Body[]) gather}, {@link #combine(Body, Body, BiFunction) combine}, {@link #settle(Body[])
 *       settle}, {@link #race(Body[]) race}, {@link #mapConcurrent mapConcurrent}, {@link #forEachConcurrent
 *       forEachConcurrent}, {@link #taskGroup(GroupBody) taskGroup}
 *   <dt>Results as they come
 *   <dd>{@link #asCompleted(Body[]) asCompleted}, {@link #waitUntil(ReturnWhen, Iterable) waitUntil}, {@link #await
 *       await}
 *   <dt>Limits of time
 *   <dd>{@link #timeout(Duration, Body) timeout}, {@link #timeoutAt(Deadline, Body) timeoutAt}, {@link #waitFor(Body,
 *       Duration) waitFor}, {@link #moveOnAfter(Duration, Body) moveOnAfter}, {@link #moveOnAt(Deadline, Body)
 *       moveOnAt}, {@link #cancellable(CancelScopeBody) cancellable}, {@link #sleep(Duration) sleep}
 *   <dt>Cancellation
 *   <dd>{@link #onCancel(VoidBody, Body) onCancel}, {@link #shield(Body) shield}, {@link #uninterrupted(Body)
 *       uninterrupted}, {@link #closing(Body, Closer) closing}
 *   <dt>Calls that block in ways of their own
 *   <dd>{@link #blocking(Body) blocking}, {@link #abandonOnCancel(Body) abandonOnCancel}, {@link #abandonedCalls
 *       abandonedCalls}
 *   <dt>Context and defaults
 *   <dd>{@link #propagate(ContextPropagator, Body) propagate}, {@link #install install}
 *   <dt>Looking inside
 *   <dd>{@link #dump() dump}
 * </dl>
 *
 * <p>The behaviour in full, by identifiers that the tests are named after, is the project's behaviour contract.
 */
@SuppressWarnings("overloads") // with and without a result, a body or a Callable: the compiler tells them apart
public final class Weft {

    /** No time limit. Every duration of more than 292 years means the same. */
    public static final Duration FOREVER = Durations.FOREVER;

    /** The number of frames of each stack that {@link #dump()} shows. */
    private static final int DUMP_FRAMES = 8;

    private Weft() {}

    // A program and its background work

    /**
     * Runs {@code main} as the first task of a parallel runtime, and returns when it and all tasks that it has left in
     * the background have ended. Tasks that are left when main ends are cancelled and joined; their failures are
     * reported, main's result is kept.
     *
     * <p>On the program's main thread, Ctrl-C cancels main; when the run has ended, the process exits with 130. The
     * second one does not wait: it prints which tasks still run, and where, and ends the process. (Where the JVM gives
     * no access to signals, or a handler was set by somebody else, this does nothing about them.)
     * {@link Runner.Builder#signals(String...)} chooses other signals, such as SIGTERM.
     *
     * <p><b>Blocking:</b> until main and all background tasks have ended. <b>Cancellation:</b> interrupting the calling
     * thread cancels main; so does cancelling the block that the caller is in. Interrupting it again, while it waits
     * for tasks that do not stop, gets it out: those are left behind, named and reported.
     *
     * @param <T> the type of main's result
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws X the exception of main, itself
     * @throws java.util.concurrent.CancellationException if main was cancelled by a task or a signal
     * @throws InterruptedException if the caller was interrupted; a {@link RunAbandonedException} if it was so again
     *     while it waited for tasks to stop
     * @throws IllegalStateException if called within a run
     * @throws IllegalArgumentException if {@code main} is a task
     */
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main)
            throws X, InterruptedException {
        try (var runner = Runner.parallel()) {
            return runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a main without a result.
     *
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted
     */
    public static <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        try (var runner = Runner.parallel()) {
            runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a {@link Callable}.
     *
     * @param <T> the type of main's result
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws Exception the exception of main, itself; an {@link InterruptedException} if the caller was interrupted
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T run(Callable<T> main) throws Exception {
        return run(Bodies.of(Objects.requireNonNull(main, "main")));
    }

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
     * @param <T> the type of the result
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @throws IllegalStateException if there is no enclosing {@code run}
     * @throws IllegalArgumentException if {@code body} is a task
     */
    public static <T extends @Nullable Object> Task<T> createTask(Body<T, ?> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), body);
    }

    /**
     * {@link #createTask(Body)} for a body without a result.
     *
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    public static Task<@Nullable Void> createTask(VoidBody<?> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), Bodies.toStart(body));
    }

    /**
     * {@link #createTask(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> Task<T> createTask(Callable<T> body) {
        return Runs.current("createTask").createTask(TaskOptions.defaults(), Bodies.of(body));
    }

    /**
     * {@link #createTask(Body)} with a name for the task and its thread.
     *
     * @param <T> the type of the result
     * @param name the name of the task and its thread; need not be unique
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    public static <T extends @Nullable Object> Task<T> createTask(String name, Body<T, ?> body) {
        return Runs.current("createTask").createTask(TaskOptions.named(name), body);
    }

    /**
     * {@link #createTask(Body)} with a name for the task and its thread, for a body without a result.
     *
     * @param name the name of the task and its thread; need not be unique
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    public static Task<@Nullable Void> createTask(String name, VoidBody<?> body) {
        return Runs.current("createTask").createTask(TaskOptions.named(name), Bodies.toStart(body));
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
     *
     * @param <T> the type of the result
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body) {
        return Runs.current("createTask").createTask(options, body);
    }

    /**
     * {@link #createTask(TaskOptions, Body)} for a body without a result.
     *
     * @param options the name, the context and the rest: see {@link TaskOptions}
     * @param body runs once, in the new task; a {@link Task} is refused
     * @return the task, which may have begun already
     */
    public static Task<@Nullable Void> createTask(TaskOptions options, VoidBody<?> body) {
        return Runs.current("createTask").createTask(options, Bodies.toStart(body));
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
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Callable<T> body) {
        return Runs.current("createTask").createTask(options, Bodies.of(body));
    }

    /**
     * The run that the caller is in, as a handle for other threads.
     *
     * @return the run, whose methods any thread may call
     * @throws IllegalStateException if there is none
     */
    public static Run currentRun() {
        return Runs.current("currentRun");
    }

    /**
     * The task that the caller runs in; empty on a thread that belongs to no task.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the innermost task; empty also in a callback of a task, and in {@link #abandonOnCancel(Body)
     *     abandonOnCancel}
     */
    public static Optional<Task<?>> currentTask() {
        return Optional.ofNullable(TaskImpl.currentTaskOrNull());
    }

    /**
     * All tasks of the caller's run that have not ended, the caller's own included. A snapshot; empty outside of a run.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return a new set
     */
    public static Set<Task<?>> allTasks() {
        var run = Runs.currentOrNull();
        return run == null ? Set.of() : run.allTasks();
    }

    // Several at the same time

    /**
     * Runs bodies at the same time and returns their results in the order of the arguments.
     *
     * <p>Tasks among the arguments are awaited, not started again; one given twice fills both places. The first failure
     * cancels the others (also tasks that were given) and is thrown, as the very same exception, when all have ended;
     * exceptions of the others are suppressed into it.
     *
     * <p>Of many, those that were started first have their turn before more are started, unless the runtime is an event
     * loop; the caller can be cancelled and interrupted meanwhile.
     *
     * @param <T> the common type of the results
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; copied before any is started
     * @return the results, unmodifiable; empty if nothing was given
     * @throws X what a body threw; of a given task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if a task was cancelled by somebody else
     * @throws InterruptedException if the caller was; {@link CancelledException} if by a request to its task
     * @throws IllegalStateException if a given task waits for the caller, or is the caller's: the wait would never end
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object, X extends Exception> List<T> gather(
            Body<? extends T, ? extends X>... bodies) throws X, InterruptedException {
        return Dropped.gather(Bodies.copy(bodies));
    }

    /**
     * {@link #gather(Body[])} of all bodies in the collection.
     *
     * @param <T> the common type of the results
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; copied before any is started
     * @return the results in the order of the collection, unmodifiable
     * @throws X the exception of the first body that failed
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> List<T> gather(
            Collection<? extends Body<? extends T, ? extends X>> bodies) throws X, InterruptedException {
        return Dropped.gather(Bodies.copy(bodies));
    }

    /**
     * {@link #gather(Body[])} of nothing: a cancellation point that returns an empty list.
     *
     * @param <T> any type, as the list is empty
     * @return an empty list
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> List<T> gather() throws InterruptedException {
        return Dropped.gather(new Body<?, ?>[0]);
    }

    /**
     * {@link #gather(Body[])} for bodies without results.
     *
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; the values of tasks are dropped
     * @throws X the exception of the first body that failed
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <X extends Exception> void gather(VoidBody<? extends X>... bodies) throws X, InterruptedException {
        Dropped.gather(Bodies.all(bodies));
    }

    /**
     * {@link #gather(Body[])} for {@link Callable}s.
     *
     * @param <T> the common type of the results
     * @param bodies callables, bodies and tasks, mixed as you like
     * @return the results, unmodifiable; empty if nothing was given
     * @throws Exception the exception of the first callable that failed; an {@link InterruptedException} if the caller
     *     was interrupted or cancelled
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<T> gather(Callable<? extends T>... bodies) throws Exception {
        return Dropped.gather(Bodies.all(bodies));
    }

    /**
     * Runs bodies of different types at the same time and combines their results: {@link Weft#gather(Body[])} with
     * types, for two to five bodies.
     *
     * <p><b>Blocking:</b> until all bodies have ended. <b>Cancellation:</b> always a cancellation point; the bodies are
     * cancelled and joined first.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <R> the type of the combination
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param first a body or a task
     * @param second a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws X the exception of the first body that failed
     * @throws java.util.concurrent.CancellationException if one of them was cancelled by somebody else
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if a given task waits for the caller, or is the caller's: the wait would never end
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    BiFunction<? super A, ? super B, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second);
        return combiner.apply(results.<A>at(0), results.<B>at(1));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of three.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <R> the type of the combination
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param first a body or a task
     * @param second a body or a task
     * @param third a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws X the exception of the first body that failed
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Combiner.Of3<? super A, ? super B, ? super C, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of four.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <R> the type of the combination
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param first a body or a task
     * @param second a body or a task
     * @param third a body or a task
     * @param fourth a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws X the exception of the first body that failed
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Combiner.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2), results.<D>at(3));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of five.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <E> the type of the fifth result
     * @param <R> the type of the combination
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param first a body or a task
     * @param second a body or a task
     * @param third a body or a task
     * @param fourth a body or a task
     * @param fifth a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws X the exception of the first body that failed
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Body<? extends E, ? extends X> fifth,
                    Combiner.Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth, fifth);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2), results.<D>at(3), results.<E>at(4));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of two {@link Callable}s.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <R> the type of the combination
     * @param first a callable, a body or a task
     * @param second a callable, a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws Exception the exception of the first callable that failed; an {@link InterruptedException} if the caller
     *     was interrupted or cancelled
     * @since 0.1.0
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R combine(
            Callable<? extends A> first,
            Callable<? extends B> second,
            BiFunction<? super A, ? super B, ? extends R> combiner)
            throws Exception {
        return combine(
                Bodies.of(Objects.requireNonNull(first, "first")),
                Bodies.of(Objects.requireNonNull(second, "second")),
                combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of three {@link Callable}s.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <R> the type of the combination
     * @param first a callable, a body or a task
     * @param second a callable, a body or a task
     * @param third a callable, a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws Exception the exception of the first callable that failed; an {@link InterruptedException} if the caller
     *     was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Combiner.Of3<? super A, ? super B, ? super C, ? extends R> combiner)
                    throws Exception {
        return combine(
                Bodies.of(Objects.requireNonNull(first, "first")),
                Bodies.of(Objects.requireNonNull(second, "second")),
                Bodies.of(Objects.requireNonNull(third, "third")),
                combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of four {@link Callable}s.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <R> the type of the combination
     * @param first a callable, a body or a task
     * @param second a callable, a body or a task
     * @param third a callable, a body or a task
     * @param fourth a callable, a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws Exception the exception of the first callable that failed; an {@link InterruptedException} if the caller
     *     was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Callable<? extends D> fourth,
                    Combiner.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner)
                    throws Exception {
        return combine(
                Bodies.of(Objects.requireNonNull(first, "first")),
                Bodies.of(Objects.requireNonNull(second, "second")),
                Bodies.of(Objects.requireNonNull(third, "third")),
                Bodies.of(Objects.requireNonNull(fourth, "fourth")),
                combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of five {@link Callable}s.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <E> the type of the fifth result
     * @param <R> the type of the combination
     * @param first a callable, a body or a task
     * @param second a callable, a body or a task
     * @param third a callable, a body or a task
     * @param fourth a callable, a body or a task
     * @param fifth a callable, a body or a task
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return the result of {@code combiner}
     * @throws Exception the exception of the first callable that failed; an {@link InterruptedException} if the caller
     *     was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Callable<? extends D> fourth,
                    Callable<? extends E> fifth,
                    Combiner.Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner)
                    throws Exception {
        return combine(
                Bodies.of(Objects.requireNonNull(first, "first")),
                Bodies.of(Objects.requireNonNull(second, "second")),
                Bodies.of(Objects.requireNonNull(third, "third")),
                Bodies.of(Objects.requireNonNull(fourth, "fourth")),
                Bodies.of(Objects.requireNonNull(fifth, "fifth")),
                combiner);
    }

    /**
     * Runs bodies at the same time and returns the outcome of each, in the order of the arguments:
     * {@code gather(return_exceptions=True)}. No failure cancels anything. Many are started as by
     * {@link #gather(Body[])}.
     *
     * <p>A {@link VirtualMachineError} is not an outcome: it cancels the others and is thrown when they have ended.
     *
     * @param <T> the common type of the results
     * @param bodies bodies and tasks, mixed as you like; copied before any is started
     * @return one outcome for each argument, unmodifiable; empty if nothing was given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if a given task waits for the caller, or is the caller's: the wait would never end
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<Outcome<T>> settle(Body<? extends T, ?>... bodies)
            throws InterruptedException {
        return Dropped.settle(Bodies.copy(bodies));
    }

    /**
     * {@link #settle(Body[])} of all bodies in the collection.
     *
     * @param <T> the common type of the results
     * @param bodies callables, bodies and tasks, mixed as you like
     * @return one outcome for each element, in the order of the collection, unmodifiable
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> List<Outcome<T>> settle(
            Collection<? extends Callable<? extends T>> bodies) throws InterruptedException {
        return Dropped.settle(Bodies.<T>list(bodies).toArray(new Body<?, ?>[0]));
    }

    /**
     * {@link #settle(Body[])} for bodies without results: each gives null, and a task its value.
     *
     * @param bodies bodies and tasks, mixed as you like
     * @return one outcome for each argument, unmodifiable; empty if nothing was given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static List<Outcome<@Nullable Object>> settle(VoidBody<?>... bodies) throws InterruptedException {
        return Dropped.settle(Bodies.all(bodies));
    }

    /**
     * {@link #settle(Body[])} for {@link Callable}s.
     *
     * @param <T> the common type of the results
     * @param bodies callables, bodies and tasks, mixed as you like
     * @return one outcome for each argument, unmodifiable; empty if nothing was given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<Outcome<T>> settle(Callable<? extends T>... bodies)
            throws InterruptedException {
        return Dropped.settle(Bodies.all(bodies));
    }

    /**
     * Runs bodies at the same time and returns the first result. The others (also tasks that were given) are cancelled,
     * and have ended before this returns. A failure does not end the race while another body still runs. Many are
     * started as by {@link #gather(Body[])}.
     *
     * @param <T> the common type of the results
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; one at least
     * @return the first result
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws java.util.concurrent.CancellationException if all fail or are cancelled by somebody else, and the first
     *     was cancelled
     * @throws IllegalArgumentException if no body is given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if a given task waits for the caller, or is the caller's: the wait would never end
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object, X extends Exception> T race(Body<? extends T, ? extends X>... bodies)
            throws X, InterruptedException {
        return Dropped.race(Bodies.copy(bodies));
    }

    /**
     * {@link #race(Body[])} of all bodies in the collection.
     *
     * @param <T> the common type of the results
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; one at least
     * @return the first result
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws IllegalArgumentException if the collection is empty
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T race(
            Collection<? extends Body<? extends T, ? extends X>> bodies) throws X, InterruptedException {
        return Dropped.race(Bodies.copy(bodies));
    }

    /**
     * {@link #race(Body[])} for bodies without a result: the first to return ends the race.
     *
     * @param <X> the common type of the checked exceptions that the bodies throw; {@link RuntimeException} for none
     * @param bodies bodies and tasks, mixed as you like; one at least
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws IllegalArgumentException if no body is given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <X extends Exception> void race(VoidBody<? extends X>... bodies) throws X, InterruptedException {
        Dropped.<@Nullable Object>race(Bodies.all(bodies));
    }

    /**
     * {@link #race(Body[])} for {@link Callable}s.
     *
     * @param <T> the common type of the results
     * @param bodies callables, bodies and tasks, mixed as you like; one at least
     * @return the first result
     * @throws Exception if all fail: the first failure, with the others suppressed into it; an
     *     {@link InterruptedException} if the caller was interrupted or cancelled
     * @throws IllegalArgumentException if no callable is given
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> T race(Callable<? extends T>... bodies) throws Exception {
        return Dropped.race(Bodies.all(bodies));
    }

    /**
     * Runs {@code body} on each item, at most {@code limit} at once, started in order, and returns the results in
     * order.
     *
     * <p>The items are drawn by the caller's own thread, each when there is room for it, so they may be lazy, and even
     * infinite. The first failure, of a body or the iterator, cancels what runs, lets no further item begin, and is
     * thrown when all have ended, with later ones suppressed into it.
     *
     * <p>Each item is a task of its own, with fresh task-locals. On the parallel runtime tasks of one call share
     * virtual threads, one after the other: a body that sets a {@link ThreadLocal} must remove it, or a later item may
     * see it.
     *
     * @param <A> the type of the items
     * @param <B> the type of the results
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param items iterated once, by the caller's thread; null elements go to the body like others
     * @param limit the number of bodies at once, from 1
     * @param body called once for each item, in a task of its own
     * @return the results, unmodifiable
     * @throws X the exception of the first body that failed
     * @throws IllegalArgumentException if {@code limit} is less than 1
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, X extends Exception> List<B> mapConcurrent(
            Iterable<? extends A> items, int limit, ItemBody<? super A, ? extends B, ? extends X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        Checks.limit(limit);
        var iterator = Checks.iterator(items);
        return Dropped.items(body, inner -> ConcurrentItems.map(iterator, limit, inner));
    }

    /**
     * {@link #mapConcurrent} without results: nothing is kept of items that are done.
     *
     * @param <A> the type of the items
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param items iterated once, by the caller's thread; null elements go to the body like others
     * @param limit the number of bodies at once, from 1
     * @param body called once for each item, in a task of its own
     * @throws X the exception of the first body that failed
     * @throws IllegalArgumentException if {@code limit} is less than 1
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <A extends @Nullable Object, X extends Exception> void forEachConcurrent(
            Iterable<? extends A> items, int limit, VoidItemBody<? super A, ? extends X> body)
            throws X, InterruptedException {
        var itemBody = Bodies.ofItem(body);
        ConcurrentItems.forEach(Checks.iterator(items), Checks.limit(limit), itemBody);
    }

    /**
     * Runs a block that starts tasks in a group, and returns when the block and all the tasks have ended: asyncio's
     * {@code TaskGroup}.
     *
     * <p>The first failure of a task or of the block cancels all the rest, the block included, which runs on the
     * caller's own thread. All failures are thrown together. A cancelled task is not a failure.
     *
     * <p>If a task or the block ends with a {@link VirtualMachineError}, that is thrown bare when all have ended, with
     * the other failures suppressed into it.
     *
     * @param <R> the type of the block's result
     * @param block runs once, on the caller's thread
     * @return what the block returned; null if {@link TaskGroup#cancel} ended it before
     * @throws ExceptionGroup all failures, also a single one
     * @throws InterruptedException if the caller was interrupted or cancelled, and nothing failed
     */
    public static <R extends @Nullable Object> R taskGroup(GroupBody<R> block)
            throws ExceptionGroup, InterruptedException {
        return TaskGroupImpl.run(GroupOptions.failFast(), block);
    }

    /**
     * {@link #taskGroup(GroupBody)} for a block without a result.
     *
     * @param block runs once, on the caller's thread
     * @throws ExceptionGroup all failures, also a single one
     * @throws InterruptedException if the caller was interrupted or cancelled, and nothing failed
     */
    public static void taskGroup(VoidGroupBody block) throws ExceptionGroup, InterruptedException {
        TaskGroupImpl.run(GroupOptions.failFast(), Bodies.ofGroup(block));
    }

    /**
     * {@link #taskGroup(GroupBody)} with options: a supervisor, which lets siblings live, or a limit to the number of
     * tasks that run at once.
     *
     * @param <R> the type of the block's result
     * @param options what a failure does, the limit and the name
     * @param block runs once, on the caller's thread
     * @return the result of the block; null if {@link TaskGroup#cancel} ended it before
     * @throws ExceptionGroup all failures, also a single one, but for those that a supervisor's handler got
     * @throws InterruptedException if the caller was interrupted or cancelled, and nothing failed
     */
    public static <R extends @Nullable Object> R taskGroup(GroupOptions options, GroupBody<R> block)
            throws ExceptionGroup, InterruptedException {
        return TaskGroupImpl.run(options, block);
    }

    /**
     * {@link #taskGroup(GroupOptions, GroupBody)} for a block without a result.
     *
     * @param options what a failure does, the limit and the name
     * @param block runs once, on the caller's thread
     * @throws ExceptionGroup all failures, also a single one, but for those that a supervisor's handler got
     * @throws InterruptedException if the caller was interrupted or cancelled, and nothing failed
     */
    public static void taskGroup(GroupOptions options, VoidGroupBody block)
            throws ExceptionGroup, InterruptedException {
        TaskGroupImpl.run(options, Bodies.ofGroup(block));
    }

    // Results as they come

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
     * <p>Each body is a task of its own. On the parallel runtime tasks of one call share virtual threads, one after the
     * other: a body that sets a {@link ThreadLocal} must remove it, or a later body may see it. There a request to
     * stop, or an interrupt, also reaches a caller that is starting many bodies: bodies that have not been started end
     * as cancelled.
     *
     * <p><b>Blocking:</b> never; only {@link Completion#await} does. But if not all bodies can be started, this stops
     * those that were, waits for their end, and throws the reason. <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the common type of the results
     * @param bodies bodies, callables and tasks, mixed as you like
     * @return as many completions; close it if you do not await them all
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(
            Collection<? extends Callable<? extends T>> bodies) {
        return CompletionOrder.untimed(Bodies.list(bodies));
    }

    /**
     * {@link #asCompleted(Collection)} of the arguments.
     *
     * @param <T> the common type of the results
     * @param bodies bodies and tasks, mixed as you like
     * @return as many completions as there are bodies and different tasks; close it if you do not await them all
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(Body<? extends T, ?>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Checks.elements(bodies, "bodies")));
    }

    /**
     * {@link #asCompleted(Collection)} of bodies without results: each gives null, and a task its value.
     *
     * @param bodies bodies and tasks, mixed as you like
     * @return as many completions as there are bodies and different tasks; close it if you do not await them all
     * @since 0.1.0
     */
    public static AsCompleted<Completion<@Nullable Object>> asCompleted(VoidBody<?>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Bodies.all(bodies)));
    }

    /**
     * {@link #asCompleted(Collection)} of {@link Callable}s.
     *
     * @param <T> the common type of the results
     * @param bodies callables, bodies and tasks, mixed as you like
     * @return as many completions as there are bodies and different tasks; close it if you do not await them all
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> AsCompleted<Completion<T>> asCompleted(Callable<? extends T>... bodies) {
        return CompletionOrder.untimed(Arrays.asList(Bodies.all(bodies)));
    }

    /**
     * {@link #asCompleted(Collection)} with a limit to the whole, counted from now. When it has passed, each completion
     * that finds no ended task throws {@link java.util.concurrent.TimeoutException}. On the parallel runtime no more
     * bodies are started soon after it has passed.
     *
     * @param <T> the common type of the results
     * @param bodies bodies, callables and tasks, mixed as you like
     * @param limit {@link Weft#FOREVER} for none
     * @return as many completions as there are bodies and different tasks; close it if you do not await them all
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> AsCompleted<TimedCompletion<T>> asCompleted(
            Collection<? extends Callable<? extends T>> bodies, Duration limit) {
        return CompletionOrder.timed(Bodies.list(bodies), limit);
    }

    /**
     * Waits for tasks, without touching them: asyncio's {@code wait}. Never cancels a task, and never throws what one
     * threw.
     *
     * <p><b>Blocking:</b> until {@code when} is satisfied. <b>Cancellation:</b> always a cancellation point; the tasks
     * go on.
     *
     * @param <T> the common type of the tasks' values
     * @param when the condition
     * @param tasks at least one; those given twice count once
     * @return all given tasks, those that have ended apart from the others
     * @throws IllegalArgumentException if no task is given
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if the condition needs the end of a task that waits for the caller, or is the
     *     caller's: the wait would never end
     */
    public static <T extends @Nullable Object> Waited<T> waitUntil(
            ReturnWhen when, Iterable<? extends Task<? extends T>> tasks) throws InterruptedException {
        return WaitUntil.waitUntil(when, tasks, Durations.FOREVER);
    }

    /**
     * {@link #waitUntil(ReturnWhen, Iterable)} for at most {@code limit}. This returns when the limit passes too: tasks
     * that have not ended by then are {@link Waited#pending() pending}.
     *
     * @param <T> the common type of the tasks' values
     * @param when the condition
     * @param tasks at least one; those given twice count once
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, this only looks
     * @return all given tasks, those that have ended apart from the others
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> Waited<T> waitUntil(
            ReturnWhen when, Iterable<? extends Task<? extends T>> tasks, Duration limit) throws InterruptedException {
        return WaitUntil.waitUntil(when, tasks, limit);
    }

    /**
     * Waits for a {@link CompletionStage}, so that cancellation passes in both directions: a caller that is cancelled
     * here cancels the stage's future; if the stage was cancelled, this throws {@code CancellationException}.
     *
     * <p><b>Blocking:</b> until the stage is complete. <b>Cancellation:</b> always a cancellation point.
     *
     * <p>If the stage has failed, this throws its exception itself, not a wrapper; also a checked one that is not
     * declared here.
     *
     * @param <T> the type of the value
     * @param stage must have a {@link CompletionStage#toCompletableFuture future} if it is to be cancelled with the
     *     caller
     * @return the value of the stage
     * @throws java.util.concurrent.CancellationException if the stage was cancelled
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws InterruptedException {
        return StageWait.await(stage);
    }

    // Limits of time

    /**
     * Runs {@code body} under a time limit, on the caller's own thread. When the limit passes, the body is cancelled,
     * as if its task were: see {@link Task}. This call always waits for the body to end.
     *
     * <p>A body that returns nevertheless has its value returned; one that throws something else than its cancellation
     * has that thrown, with the {@link TimeoutException} suppressed into it. When this call has returned, no interrupt
     * of its own is pending; an interrupt or request from elsewhere is never swallowed.
     *
     * <p>Limits nest. An outer one that passes shows inside as a plain {@link CancelledException}; only its own block
     * makes a {@link TimeoutException} of it. Of two that have passed before the body was told of either, the earlier
     * one is thrown. An outer one that passes later, while the body of an inner one cleans up, is thrown instead of the
     * inner one.
     *
     * <p>An interrupt by {@link Thread#interrupt()} that arrives while this one's own is on its way to a call outside
     * of Weft is one interrupt with it, as interrupts are. Requests by {@link Task#cancel(Object)} are always told
     * apart.
     *
     * <p>A limit interrupts; it does not stop a body that takes no notice. The body of a task is stopped in almost
     * every call of the JDK's. On a platform thread socket I/O takes no notice of an interrupt: there run the call in a
     * task, as in {@code timeout(limit, () -> gather(() -> call()))}. A body that still runs some seconds after its
     * limit is reported as {@link Problem.Kind#IGNORES_CANCELLATION}, once, with its stack and, if known, the remedy.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> no cancellation point of its own.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return the result of the body, also one that came after the limit
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <T extends @Nullable Object, X extends Exception> T timeout(Duration limit, Body<T, X> body)
            throws X, TimeoutException, InterruptedException {
        return ClosingRun.returned(body, made -> TimeoutBlock.run(limit, made));
    }

    /**
     * {@link #timeout(Duration, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <X extends Exception> void timeout(Duration limit, VoidBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.run(limit, Bodies.of(body));
    }

    /**
     * {@link #timeout(Duration, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return the result of the callable, also one that came after the limit
     * @throws Exception as the callable does; a {@link TimeoutException} if the limit passed and the callable ended by
     *     that; an {@link InterruptedException} if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T timeout(Duration limit, Callable<T> body) throws Exception {
        return timeout(limit, Bodies.of(body));
    }

    /**
     * {@link #timeout(Duration, Body)} for a body that sees its {@link Timeout}, to move or inspect it.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread, and gets the block's {@link Timeout}
     * @return the result of the body, also one that came after the limit
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <T extends @Nullable Object, X extends Exception> T timeout(Duration limit, TimeoutBody<T, X> body)
            throws X, TimeoutException, InterruptedException {
        return TimeoutBlock.run(limit, body);
    }

    /**
     * {@link #timeout(Duration, TimeoutBody)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread, and gets the block's {@link Timeout}
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <X extends Exception> void timeout(Duration limit, VoidTimeoutBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.run(limit, Bodies.ofTimeout(body));
    }

    /**
     * {@link #timeout(Duration, Body)} with a point in time instead of a duration. The same holds for bodies that take
     * no notice, and for socket I/O on a platform thread.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return the result of the body, also one that came after the deadline
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(Deadline deadline, Body<T, X> body)
            throws X, TimeoutException, InterruptedException {
        return ClosingRun.returned(body, made -> TimeoutBlock.runAt(deadline, made));
    }

    /**
     * {@link #timeoutAt(Deadline, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <X extends Exception> void timeoutAt(Deadline deadline, VoidBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.runAt(deadline, Bodies.of(body));
    }

    /**
     * {@link #timeoutAt(Deadline, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return the result of the callable, also one that came after the deadline
     * @throws Exception as the callable does; a {@link TimeoutException} if the deadline passed and the callable ended
     *     by that; an {@link InterruptedException} if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T timeoutAt(Deadline deadline, Callable<T> body) throws Exception {
        return timeoutAt(deadline, Bodies.of(body));
    }

    /**
     * {@link #timeoutAt(Deadline, Body)} for a body that sees its {@link Timeout}.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread, and gets the block's {@link Timeout}
     * @return the result of the body, also one that came after the deadline
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
            Deadline deadline, TimeoutBody<T, X> body) throws X, TimeoutException, InterruptedException {
        return TimeoutBlock.runAt(deadline, body);
    }

    /**
     * {@link #timeoutAt(Deadline, TimeoutBody)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread, and gets the block's {@link Timeout}
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <X extends Exception> void timeoutAt(Deadline deadline, VoidTimeoutBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.runAt(deadline, Bodies.ofTimeout(body));
    }

    /**
     * Waits for a task, or runs a body, for at most {@code limit}: asyncio's {@code wait_for}. When the limit passes,
     * the task is cancelled and joined; only then this throws.
     *
     * <p>As {@link #timeout(Duration, Body)}, with two differences. A task that ends otherwise although it was
     * cancelled has its value returned, or its exception thrown. And if the limit is not positive, a task that has
     * ended has its result returned, while a body is not run at all. The same holds for bodies that take no notice, and
     * for socket I/O on a platform thread.
     *
     * <p><b>Blocking:</b> until the task or body has ended. <b>Cancellation:</b> always a cancellation point; a caller
     * that is cancelled here cancels the task too.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body a task, which is awaited, or a body, which runs once
     * @param limit {@link Weft#FOREVER} for none
     * @return the result of the body or the value of the task, also one that came after the limit
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the task or body ended by
     *     that
     * @throws X as the body does; of a task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if the task was cancelled by somebody else
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if a task is given that waits for the caller, or is the caller's: the wait would
     *     never end
     */
    public static <T extends @Nullable Object, X extends Exception> T waitFor(Body<T, X> body, Duration limit)
            throws X, TimeoutException, InterruptedException {
        return ClosingRun.returned(body, made -> WaitFor.waitFor(made, limit));
    }

    /**
     * {@link #waitFor(Body, Duration)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body a task, which is awaited, or a body, which runs once
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, a body is not run
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X as the body does; of a task also a checked exception that is not declared
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <X extends Exception> void waitFor(VoidBody<X> body, Duration limit)
            throws X, TimeoutException, InterruptedException {
        WaitFor.waitFor(Bodies.of(body), limit);
    }

    /**
     * {@link #waitFor(Body, Duration)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body a task, which is awaited, or a callable, which is called once
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, a callable is not called
     * @return the result of the callable or the value of the task, also one that came after the limit
     * @throws Exception as the callable does; a {@link TimeoutException} if the limit passed and the callable ended by
     *     that; an {@link InterruptedException} if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T waitFor(Callable<T> body, Duration limit) throws Exception {
        return waitFor(Bodies.of(body), limit);
    }

    /**
     * Runs {@code body} under a time limit, as {@link #timeout(Duration, Body)} does, but returns empty when the limit
     * has stopped the body. Trio's {@code move_on_after}, kotlinx's {@code withTimeoutOrNull}.
     *
     * <p>Only its own limit makes this call return empty. A limit inside or around it throws as usual. A value that
     * comes after the limit is returned. If children of the body fail while they stop, each failure is reported as
     * {@link Problem.Kind#UNATTACHED_FAILURE}, because this call throws no exception that could carry it.
     *
     * <p><b>Blocking:</b> as the body does; this call always waits for the body to end. <b>Cancellation:</b> no
     * cancellation point of its own.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null; a body without a result has an overload of its own
     * @return the result of the body, or empty if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws NullPointerException if the body returned null
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T, X extends Exception> Optional<T> moveOnAfter(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        return ClosingRun.returned(body, made -> TimeoutBlock.moveOnAfter(limit, made));
    }

    /**
     * {@link #moveOnAfter(Duration, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return true if the body ended by itself; false if the limit passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <X extends Exception> boolean moveOnAfter(Duration limit, VoidBody<X> body)
            throws X, InterruptedException {
        return TimeoutBlock.moveOnAfter(limit, Bodies.thenTrue(body)).isPresent();
    }

    /**
     * {@link #moveOnAfter(Duration, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null
     * @return the result of the callable, or empty if the limit passed and the callable ended by that
     * @throws NullPointerException if the callable returned null
     * @throws Exception as the callable does; an {@link InterruptedException} if the caller was interrupted or
     *     cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T> Optional<T> moveOnAfter(Duration limit, Callable<T> body) throws Exception {
        return moveOnAfter(limit, Bodies.of(body));
    }

    /**
     * {@link #moveOnAfter(Duration, Body)} with a point in time instead of a duration.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null; a body without a result has an overload of its own
     * @return the result of the body, or empty if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws NullPointerException if the body returned null
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T, X extends Exception> Optional<T> moveOnAt(Deadline deadline, Body<T, X> body)
            throws X, InterruptedException {
        return ClosingRun.returned(body, made -> TimeoutBlock.moveOnAt(deadline, made));
    }

    /**
     * {@link #moveOnAt(Deadline, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body runs once, on the caller's thread
     * @return true if the body ended by itself; false if the deadline passed and the body ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <X extends Exception> boolean moveOnAt(Deadline deadline, VoidBody<X> body)
            throws X, InterruptedException {
        return TimeoutBlock.moveOnAt(deadline, Bodies.thenTrue(body)).isPresent();
    }

    /**
     * {@link #moveOnAt(Deadline, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null
     * @return the result of the callable, or empty if the deadline passed and the callable ended by that
     * @throws NullPointerException if the callable returned null
     * @throws Exception as the callable does; an {@link InterruptedException} if the caller was interrupted or
     *     cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T> Optional<T> moveOnAt(Deadline deadline, Callable<T> body) throws Exception {
        return moveOnAt(deadline, Bodies.of(body));
    }

    /**
     * Runs {@code body} on the caller's own thread and gives it a handle, by which any thread can cancel the body and
     * nothing else of the caller: {@code cancellable(scope -> { button.onClick(scope::cancel); return work(); })}. A
     * cancel scope.
     *
     * <p>When the handle has stopped the body, this call returns empty, after the body has ended. A body that returns
     * nevertheless has its value returned. A body that throws something else than its cancellation has that thrown. If
     * the caller was also cancelled from elsewhere, or a limit around this call has passed, that goes first and is
     * thrown. If children of the body fail while they stop, each failure is reported as
     * {@link Problem.Kind#UNATTACHED_FAILURE}.
     *
     * <p><b>Blocking:</b> as the body does; this call always waits for the body to end. <b>Cancellation:</b> no
     * cancellation point of its own. <b>Memory visibility:</b> what a thread did before it called
     * {@link CancelScope#cancel(Object)} is visible to the body once the body is stopped by that.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body must not return null; a body without a result has an overload of its own
     * @return the result of the body, or empty if its handle has cancelled it and it ended by that
     * @throws X as the body does
     * @throws NullPointerException if the body returned null
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T, X extends Exception> Optional<T> cancellable(CancelScopeBody<T, X> body)
            throws X, InterruptedException {
        return TimeoutBlock.cancellable(body);
    }

    /**
     * {@link #cancellable(CancelScopeBody)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread, and gets the handle
     * @return true if the body ended by itself; false if its handle cancelled it and it ended by that
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <X extends Exception> boolean cancellable(VoidCancelScopeBody<X> body)
            throws X, InterruptedException {
        return TimeoutBlock.cancellable(Bodies.thenTrue(body)).isPresent();
    }

    /**
     * Waits for {@code duration} to pass. If it is not positive, lets others run once.
     *
     * <p><b>Blocking:</b> for {@code duration}. <b>Cancellation:</b> always a cancellation point.
     *
     * @param duration {@link Weft#FOREVER} to wait until cancelled
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static void sleep(Duration duration) throws InterruptedException {
        var self = StructuredStrand.current();
        if (Objects.requireNonNull(duration, "duration").isPositive()) {
            self.waitFor(Awaitable.SLEEP, Durations.deadline(self.scheduler(), duration));
        } else {
            self.yieldTurn();
        }
    }

    /**
     * {@link #sleep(Duration)}, then returns {@code result}.
     *
     * @param <T> the type of the result
     * @param duration {@link Weft#FOREVER} to wait until cancelled
     * @param result may be null
     * @return {@code result}
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object> T sleep(Duration duration, T result) throws InterruptedException {
        sleep(duration);
        return result;
    }

    // Cancellation

    /**
     * Runs a body that stops by other means than an interrupt: when it is cancelled, {@code action} is run beside it
     * (cancel the statement, close the socket, kill the process). Exactly once, on another thread, and never after this
     * call has returned; it waits for an action that has begun.
     *
     * <p><b>The action takes the interrupt's place.</b> The thread is not interrupted for a request that runs the
     * action, as an interrupt would break the call that the action stops in an orderly way: it closes a virtual
     * thread's socket, and so a database connection. Only if the body has not ended a second after the action has, it
     * is interrupted after all; {@link #onCancel(VoidBody, Duration, Body)} sets that time. A call of Weft's within the
     * body, such as {@link Weft#sleep}, is stopped at once, and not by an interrupt. An interrupt that was sent before
     * the body began, and that nobody has noticed, is taken back.
     *
     * <p>The action is for requests that Weft knows of: of a task, a timeout, a group. A bare
     * {@link Thread#interrupt()} of a thread that runs no task is seen by the body alone.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> no cancellation point of its own.
     *
     * <p>Once the action has begun, the body may stop in any way: each exception that it throws is the cause of a
     * {@link CancelledException}. A value that it returns after all may be cut short, like the output of a process that
     * was killed. If a time limit, or another block around this call, has asked for the stop, the value is dropped and
     * a {@link CancelledException} is thrown, which the limit turns into its {@link TimeoutException};
     * {@link #onCancel(VoidBody, Body, Predicate)} keeps values. If the task was cancelled, the value is returned: see
     * {@link Task}.
     *
     * <p>An action that has not returned when the {@linkplain Runner.Builder#cancellationGrace cancellation grace} is
     * over is reported as a {@link Problem.Kind#IGNORES_CANCELLATION}, and the body is interrupted.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(VoidBody<?> action, Body<T, X> body)
            throws X, InterruptedException {
        return onCancel(action, body, value -> false);
    }

    /**
     * {@link #onCancel(VoidBody, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <X extends Exception> void onCancel(VoidBody<?> action, VoidBody<X> body)
            throws X, InterruptedException {
        onCancel(action, CancelAction.DEFAULT_GRACE, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param body runs once, on the caller's thread
     * @return the result of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(VoidBody<?> action, Callable<T> body) throws Exception {
        return onCancel(action, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Body)} for a body whose value may be complete although the action has run.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param body returns a value that may be cut short once the action has run
     * @param isComplete decides whether a value is returned that the body returned after a limit had the action run;
     *     called on the caller's thread, and not for other values; {@code value -> true} keeps every value. Its
     *     exceptions are thrown by this call
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does, or if {@code isComplete} has refused the value
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(
            VoidBody<?> action, Body<T, X> body, Predicate<? super T> isComplete) throws X, InterruptedException {
        return ClosingRun.returned(
                body, made -> CancelAction.call(action, CancelAction.DEFAULT_GRACE, made, isComplete));
    }

    /**
     * {@link #onCancel(VoidBody, Body, Predicate)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param body returns a value that may be cut short once the action has run
     * @param isComplete decides as for {@link #onCancel(VoidBody, Body, Predicate)}
     * @return the result of the callable
     * @throws Exception as the callable does; a {@link CancelledException} if {@code isComplete} has refused the value
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(
            VoidBody<?> action, Callable<T> body, Predicate<? super T> isComplete) throws Exception {
        return onCancel(action, Bodies.of(body), isComplete);
    }

    /**
     * {@link #onCancel(VoidBody, Body)} that says when the body is interrupted although the action has run.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param interruptAfter the time for which the body may go on after the action has ended; zero interrupts it then,
     *     {@link Weft#FOREVER} never
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @throws IllegalArgumentException if {@code interruptAfter} is negative
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(
            VoidBody<?> action, Duration interruptAfter, Body<T, X> body) throws X, InterruptedException {
        return ClosingRun.returned(body, made -> CancelAction.call(action, interruptAfter, made, value -> false));
    }

    /**
     * {@link #onCancel(VoidBody, Duration, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param interruptAfter the time for which the body may go on after the action has ended; zero interrupts it then,
     *     {@link Weft#FOREVER} never
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @throws IllegalArgumentException if {@code interruptAfter} is negative
     * @since 0.1.0
     */
    public static <X extends Exception> void onCancel(VoidBody<?> action, Duration interruptAfter, VoidBody<X> body)
            throws X, InterruptedException {
        onCancel(action, interruptAfter, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Duration, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param action stops the body; its exception is suppressed into the body's, or else reported; may block
     * @param interruptAfter the time for which the body may go on after the action has ended; zero interrupts it then,
     *     {@link Weft#FOREVER} never
     * @param body runs once, on the caller's thread
     * @return the result of the callable
     * @throws Exception as the callable does
     * @throws IllegalArgumentException if {@code interruptAfter} is negative
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(VoidBody<?> action, Duration interruptAfter, Callable<T> body)
            throws Exception {
        return onCancel(action, interruptAfter, Bodies.of(body));
    }

    /**
     * Waits for a task that must not be cancelled with the caller: a caller that is cancelled here leaves at once, and
     * the task goes on. A body is started as a background task of the enclosing run. For clean-up on the caller's own
     * thread, which must be completed before the caller goes on, see {@link #uninterrupted(Body)}.
     *
     * <p><b>Blocking:</b> until the task has ended. <b>Cancellation:</b> always a cancellation point; the task goes on,
     * and if it fails when nobody waits any more, that is reported as with {@link Weft#createTask createTask}.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body a task, which is awaited, or a body, which runs once in a task of its own
     * @return the result of the body or the value of the task
     * @throws X as the body does; of a task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws IllegalStateException if a body is given and there is no enclosing {@code run}, or a task that waits for
     *     the caller
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body)
            throws X, InterruptedException {
        return Shield.shield(body);
    }

    /**
     * {@link #shield(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body a task, which is awaited, or a body, which runs once in a task of its own
     * @throws X as the body does; of a task also a checked exception that is not declared
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <X extends Exception> void shield(VoidBody<X> body) throws X, InterruptedException {
        Shield.shield(Bodies.of(body));
    }

    /**
     * {@link #shield(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body a task, which is awaited, or a callable, which is called once in a task of its own
     * @return the result of the callable or the value of the task
     * @throws Exception as the callable does; an {@link InterruptedException} if the caller was interrupted or
     *     cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T shield(Callable<T> body) throws Exception {
        return shield(Bodies.of(body));
    }

    /**
     * Runs {@code body} on the caller's own thread, shielded from cancellation: for clean-up that must be completed,
     * and for code that an interrupt breaks for others too, such as files that close when a reader is interrupted.
     * Works on any thread and needs no {@code run}. Trio's shielded scope, kotlinx's {@code NonCancellable}.
     *
     * <p>A request by Weft from outside of the body is not delivered until the body has ended. Such a request comes
     * from a cancel of the task, or from a limit, group or cancel scope around this call. That holds for the first one,
     * for every later one, and for one that was pending before. No interrupt is sent for it, and {@link #onCancel}
     * actions are not run. Afterwards the request is pending, and is delivered at the next cancellation point. Blocks
     * inside of the body, such as a {@code timeout}, work as usual.
     *
     * <p>An interrupt by {@link Thread#interrupt()} is taken off the thread in Weft's waits, which go on, and is set
     * again when the body has ended. While the body is in a call outside of Weft, that call sees it: the JVM delivers
     * it, and nobody can hold it back. Nobody has a task's thread to interrupt it, so on a thread that others may
     * interrupt, such as an executor's, run the body in a task: {@code uninterrupted(() -> gather(() -> body()))}.
     *
     * <p>asyncio's {@link #shield shield} is different: there a cancelled caller leaves, and a task goes on.
     *
     * <p><b>Blocking:</b> as the body does; a body that does not end cannot be cancelled: limit it from within.
     * <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body sees neither a request from outside nor {@link Deadline#current()} of the blocks around
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T uninterrupted(Body<T, X> body)
            throws X, InterruptedException {
        return ClosingRun.returned(body, Uninterrupted::run);
    }

    /**
     * {@link #uninterrupted(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body sees neither a request from outside nor {@link Deadline#current()} of the blocks around
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public static <X extends Exception> void uninterrupted(VoidBody<X> body) throws X, InterruptedException {
        Uninterrupted.run(Bodies.of(body));
    }

    /**
     * {@link #uninterrupted(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body sees neither a request from outside nor {@link Deadline#current()} of the blocks around
     * @return the result of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T uninterrupted(Callable<T> body) throws Exception {
        return uninterrupted(Bodies.of(body));
    }

    /**
     * Returns {@code body} with a closer for its value, which is called if no caller gets the value. A gather that
     * fails drops the results of the bodies that have succeeded; a race drops those of the losers.
     *
     * <pre>{@code
     * List<Connection> all = gather(
     *         closing(() -> open(a), Connection::close),
     *         closing(() -> open(b), Connection::close));       // both, or none is left open
     * }</pre>
     *
     * <p>{@code gather}, {@code combine}, {@code settle}, {@code race}, {@code hedge}, {@code mapConcurrent},
     * {@code abandonOnCancel}, {@code shield}, {@code waitFor}, {@code timeout}, {@code timeoutAt},
     * {@code moveOnAfter}, {@code moveOnAt}, {@code uninterrupted} and {@code onCancel} close each value that they do
     * not return, and never one that they do. A value that comes after its limit is returned by {@code timeout} and
     * {@code moveOnAfter}, and so not closed; {@code onCancel} drops it, and closes it. A null is not closed. A
     * {@link Task} keeps its value: where one is held, nothing is dropped. Where a body without a result is wanted, the
     * value is closed at once.
     *
     * <p>Values are closed one after the other, in the order of the bodies, by the thread that made the call, when
     * everything that the call has started has ended. A call that its caller may leave before ({@code abandonOnCancel},
     * {@code shield}) closes a value that comes later on the body's own thread. A closer may block. Its exception is
     * suppressed into the one that the call throws; if the call returns, it is reported as a
     * {@link Problem.Kind#CALLBACK_FAILURE}. The other values are closed all the same, and a request or interrupt that
     * a closer has noticed is delivered again after the last one.
     *
     * <p><b>Blocking:</b> never; nothing runs here. <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the type of the value
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body makes the value
     * @param closer closes a value that the call does not return, once; not called for null
     * @return a body to give to one of these calls; each run of it makes a value of its own
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> ClosingBody<T, X> closing(
            Body<? extends T, ? extends X> body, Closer<? super T> closer) {
        return Dropped.closing(body, closer);
    }

    /**
     * {@link #closing(Body, Closer)} of a value that can close itself.
     *
     * @param <T> the type of the value
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body makes the value, which may be null
     * @return a body to give to one of the calls that close
     * @since 0.1.0
     */
    public static <T extends @Nullable AutoCloseable, X extends Exception> ClosingBody<T, X> closing(
            Body<? extends T, ? extends X> body) {
        return closing(body, AutoCloseable::close);
    }

    /**
     * {@link #closing(Body, Closer)} for the work on an item, of {@link Weft#mapConcurrent mapConcurrent}.
     *
     * @param <A> the type of the items
     * @param <B> the type of the value
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body makes a value for an item
     * @param closer closes a value that the call does not return, once; not called for null
     * @return a body to give to {@code mapConcurrent}; calls without results close its values at once
     * @since 0.1.0
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, X extends Exception>
            ItemBody<A, B, X> closing(ItemBody<A, B, X> body, Closer<? super B> closer) {
        return new Dropped.ClosingItem<>(
                Objects.requireNonNull(body, "body"), Objects.requireNonNull(closer, "closer"));
    }

    /**
     * {@link #closing(ItemBody, Closer)} of a value that can close itself.
     *
     * @param <A> the type of the items
     * @param <B> the type of the value
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body makes a value for an item, which may be null
     * @return a body to give to {@code mapConcurrent}; calls without results close its values at once
     * @since 0.1.0
     */
    public static <A extends @Nullable Object, B extends @Nullable AutoCloseable, X extends Exception>
            ItemBody<A, B, X> closing(ItemBody<A, B, X> body) {
        return closing(body, AutoCloseable::close);
    }

    // Calls that block in ways of their own

    /**
     * Runs a body that blocks outside of Weft: other tasks of an event loop run meanwhile. A plain call elsewhere.
     * asyncio's {@code to_thread}, but on the caller's own thread.
     *
     * <p>While it is outside, the body is not in turn with the other tasks, and must not touch what they share. When it
     * ends, this waits for its turn.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> no cancellation point of its own; a request interrupts
     * the body.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T blocking(Body<T, X> body)
            throws X, InterruptedException {
        return Blocking.blocking(body);
    }

    /**
     * {@link #blocking(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <X extends Exception> void blocking(VoidBody<X> body) throws X, InterruptedException {
        Blocking.blocking(Bodies.of(body));
    }

    /**
     * {@link #blocking(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body runs once, on the caller's thread
     * @return the result of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T blocking(Callable<T> body) throws Exception {
        return blocking(Bodies.of(body));
    }

    /**
     * Runs a body that cannot be interrupted (DNS, some JDBC drivers, standard input) so that the caller need not wait
     * for it when cancelled: on a daemon thread of its own. A cancelled caller leaves at once; the body is interrupted
     * on a best-effort basis, goes on, is counted in {@link Weft#abandonedCalls()}, and if it fails then, that is
     * reported.
     *
     * <p><b>Blocking:</b> until the body has ended, or the caller is cancelled. <b>Cancellation:</b> always a
     * cancellation point. The body sees no current task. It has the context that propagators carry, as a task has.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on a thread of its own
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T abandonOnCancel(Body<T, X> body)
            throws X, InterruptedException {
        return Abandonable.call(body);
    }

    /**
     * {@link #abandonOnCancel(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on a thread of its own
     * @throws X as the body does
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <X extends Exception> void abandonOnCancel(VoidBody<X> body) throws X, InterruptedException {
        Abandonable.call(Bodies.of(body));
    }

    /**
     * {@link #abandonOnCancel(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body called once, on a thread of its own
     * @return the result of the callable
     * @throws Exception as the callable does; an {@link InterruptedException} if the caller was interrupted or
     *     cancelled
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T abandonOnCancel(Callable<T> body) throws Exception {
        return abandonOnCancel(Bodies.of(body));
    }

    /**
     * The calls of {@link Weft#abandonOnCancel abandonOnCancel} in this process that go on without a caller. A
     * snapshot.
     *
     * @return unmodifiable; empty if none goes on
     */
    public static List<AbandonedCall> abandonedCalls() {
        return Abandonable.abandonedCalls();
    }

    // Context and defaults

    /**
     * Runs {@code body} so that all tasks created within it, by this thread or by those tasks, carry the context that
     * {@code propagator} captures where they are created.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param propagator called by each thread that creates a task within the body; its exception is thrown by the call
     *     that creates the task
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ContextPropagator propagator, Body<T, X> body) throws X, InterruptedException {
        return InheritedContext.propagate(propagator, body);
    }

    /**
     * {@link #propagate(ContextPropagator, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param propagator called by each thread that creates a task within the body; its exception is thrown by the call
     *     that creates the task
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <X extends Exception> void propagate(ContextPropagator propagator, VoidBody<X> body)
            throws X, InterruptedException {
        InheritedContext.propagate(propagator, Bodies.of(body));
    }

    /**
     * {@link #propagate(ContextPropagator, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param propagator called by each thread that creates a task within the body; its exception is thrown by the call
     *     that creates the task
     * @param body runs once, on the caller's thread
     * @return the result of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T propagate(ContextPropagator propagator, Callable<T> body)
            throws Exception {
        return propagate(propagator, Bodies.of(body));
    }

    /**
     * Runs {@code body} with these {@link ScopedValue}s bound, and binds them again in all tasks created within it, by
     * this thread or by those tasks. (The JDK hands bindings on to no thread but those of a
     * {@code StructuredTaskScope}.)
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param bindings bound for the body, and in each task for its body
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ScopedValue.Carrier bindings, Body<T, X> body) throws X, InterruptedException {
        return InheritedContext.propagate(bindings, body);
    }

    /**
     * {@link #propagate(ScopedValue.Carrier, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param bindings bound for the body, and in each task for its body
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     */
    public static <X extends Exception> void propagate(ScopedValue.Carrier bindings, VoidBody<X> body)
            throws X, InterruptedException {
        InheritedContext.propagate(bindings, Bodies.of(body));
    }

    /**
     * {@link #propagate(ScopedValue.Carrier, Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param bindings bound for the body, and in each task for its body
     * @param body runs once, on the caller's thread
     * @return the result of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T propagate(ScopedValue.Carrier bindings, Callable<T> body)
            throws Exception {
        return propagate(bindings, Bodies.of(body));
    }

    /**
     * Adds {@code defaults} to every call in this process that begins from now on, in a run or in none. Several
     * registrations add up; removing one removes its defaults, for tasks that are created afterwards.
     *
     * @param defaults the additions
     * @return removes them
     * @throws IllegalStateException if it contradicts one that is installed: both set the same time, handler or switch
     *     to different values
     * @since 0.1.0
     */
    public static Registration install(Defaults defaults) {
        return ProcessDefaults.install(defaults);
    }

    // Looking inside

    /**
     * {@link #dump(int)} with eight frames.
     *
     * @return a snapshot
     */
    public static TaskDump dump() {
        return Dump.take(DUMP_FRAMES);
    }

    /**
     * Returns everything that runs in this process: every run, every open structured call with the thread that it
     * stands on, and every task; what each waits for, and which wait for each other in a circle. Its {@code toString()}
     * is a tree for people, {@link TaskDump#toJson()} is for programs.
     *
     * <p>Nothing is stopped. The dump has every task and call that existed from the beginning of this call to its end;
     * it may have those that began or ended meanwhile. On any thread, in a run or not. Never fails, whatever ends
     * meanwhile.
     *
     * <p><b>Blocking:</b> does not block other threads; takes a few microseconds for each task, and about ten more for
     * its frames. A reason whose {@code toString} blocks costs a tenth of a second. <b>Cancellation:</b> never a
     * cancellation point.
     *
     * @param frames the number of frames of each stack, from the innermost one on; 0 for none
     * @return a snapshot
     * @throws IllegalArgumentException if {@code frames} is negative
     */
    public static TaskDump dump(int frames) {
        return Dump.take(frames);
    }
}
