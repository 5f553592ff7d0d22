package dev.weft;

import dev.weft.internal.scope.ConcurrentItems;
import dev.weft.internal.scope.Dropped;
import dev.weft.internal.scope.TaskGroupImpl;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.Checks;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Calls that start bodies and end only when all of them have ended. They work on any thread, with and without a
 * {@code run}.
 *
 * <p>What they share: <b>Blocking:</b> until everything that was started has ended. <b>Cancellation:</b> always a
 * cancellation point: when the caller is cancelled or interrupted, what was started (or given) is cancelled and joined
 * before the call throws, and what fails meanwhile is suppressed into that. <b>Memory visibility:</b> what the caller
 * did before is visible to the bodies, and what they did to the caller afterwards.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
abstract class StructuredCalls extends CombineCalls {

    StructuredCalls() {}

    /**
     * Runs bodies at the same time and returns their results in the order of the arguments.
     *
     * <p>Tasks among the arguments are awaited, not started again; one given twice fills both places. The first failure
     * cancels the others (also tasks that were given) and is thrown, as the very same exception, when all have ended;
     * what the others throw meanwhile is suppressed into it.
     *
     * <p>Of many, those that were started first have their turn before more are started, unless the runtime is an event
     * loop; the caller can be cancelled and interrupted meanwhile.
     *
     * @return the results, unmodifiable; empty if nothing was given
     * @throws X what a body threw; of a given task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if a task was cancelled by somebody else
     * @throws InterruptedException if the caller was; {@link CancelledException} if by a request to its task
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object, X extends Exception> List<T> gather(
            Body<? extends T, ? extends X>... bodies) throws X, InterruptedException {
        return Dropped.gather(bodies(bodies));
    }

    /**
     * {@link #gather(Body[])} of all bodies in the collection.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> List<T> gather(
            Collection<? extends Body<? extends T, ? extends X>> bodies) throws X, InterruptedException {
        return Dropped.gather(bodies(bodies));
    }

    /** {@link #gather(Body[])} of nothing: a cancellation point that returns an empty list. */
    public static <T extends @Nullable Object> List<T> gather() throws InterruptedException {
        return Dropped.gather(new Body<?, ?>[0]);
    }

    /** {@link #gather(Body[])} for bodies without results. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <X extends Exception> void gather(VoidBody<? extends X>... bodies) throws X, InterruptedException {
        Dropped.gather(Bodies.all(bodies));
    }

    /**
     * {@link #gather(Body[])} for {@link Callable}s.
     *
     * @throws Exception what a callable threw
     * @since 0.1.0
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<T> gather(Callable<? extends T>... bodies) throws Exception {
        return Dropped.gather(Bodies.all(bodies));
    }

    /**
     * Runs bodies at the same time and returns how each ended, in the order of the arguments:
     * {@code gather(return_exceptions=True)}. No failure cancels anything. Many are started as by
     * {@link #gather(Body[])}.
     *
     * <p>A {@link VirtualMachineError} is not an outcome: it cancels the others and is thrown when they have ended.
     *
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> List<Outcome<T>> settle(Body<? extends T, ?>... bodies)
            throws InterruptedException {
        return Dropped.settle(bodies(bodies));
    }

    /**
     * {@link #settle(Body[])} of all bodies in the collection.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> List<Outcome<T>> settle(
            Collection<? extends Callable<? extends T>> bodies) throws InterruptedException {
        return Dropped.settle(Bodies.<T>list(bodies).toArray(new Body<?, ?>[0]));
    }

    /**
     * {@link #settle(Body[])} for bodies without results: each gives null, and a task its value.
     *
     * @since 0.1.0
     */
    public static List<Outcome<@Nullable Object>> settle(VoidBody<?>... bodies) throws InterruptedException {
        return Dropped.settle(Bodies.all(bodies));
    }

    /**
     * {@link #settle(Body[])} for {@link Callable}s.
     *
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
     * @throws X if all fail: the first failure, with the others suppressed into it
     * @throws java.util.concurrent.CancellationException if all fail or are cancelled by somebody else, and the first
     *     was cancelled
     * @throws IllegalArgumentException if no body is given
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object, X extends Exception> T race(Body<? extends T, ? extends X>... bodies)
            throws X, InterruptedException {
        return Dropped.race(bodies(bodies));
    }

    /**
     * {@link #race(Body[])} of all bodies in the collection.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T race(
            Collection<? extends Body<? extends T, ? extends X>> bodies) throws X, InterruptedException {
        return Dropped.race(bodies(bodies));
    }

    /**
     * {@link #race(Body[])} for bodies without a result: the first to return ends the race.
     *
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
     * @throws Exception if all fail: the first failure, with the others suppressed into it
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
     * @return the results, unmodifiable
     * @throws X what a body threw
     * @throws IllegalArgumentException if {@code limit} is less than 1
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, X extends Exception> List<B> mapConcurrent(
            Iterable<? extends A> items, int limit, ItemBody<? super A, ? extends B, ? extends X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        Checks.limit(limit);
        var iterator = iterator(items);
        return Dropped.items(body, inner -> ConcurrentItems.map(iterator, limit, inner));
    }

    /** {@link #mapConcurrent} without results: nothing is kept of items that are done. */
    public static <A extends @Nullable Object, X extends Exception> void forEachConcurrent(
            Iterable<? extends A> items, int limit, VoidItemBody<? super A, ? extends X> body)
            throws X, InterruptedException {
        var itemBody = Bodies.ofItem(body);
        ConcurrentItems.forEach(iterator(items), Checks.limit(limit), itemBody);
    }

    /**
     * Runs a block that starts tasks in a group, and returns when the block and all the tasks have ended: asyncio's
     * {@code TaskGroup}.
     *
     * <p>The first failure of a task or of the block cancels all the rest, the block included, which runs on the
     * caller's own thread. All failures are thrown together. A task that is cancelled is no failure.
     *
     * <p>If a task or the block ends with a {@link VirtualMachineError}, that is thrown bare when all have ended, with
     * the other failures suppressed into it.
     *
     * @return what the block returned; null if {@link TaskGroup#cancel} ended it before
     * @throws ExceptionGroup what failed, always as a group
     * @throws InterruptedException if the caller was interrupted or cancelled, and nothing failed
     */
    public static <R extends @Nullable Object> R taskGroup(GroupBody<R> block)
            throws ExceptionGroup, InterruptedException {
        return TaskGroupImpl.run(GroupOptions.failFast(), block);
    }

    /** {@link #taskGroup(GroupBody)} for a block without a result. */
    public static void taskGroup(VoidGroupBody block) throws ExceptionGroup, InterruptedException {
        TaskGroupImpl.run(GroupOptions.failFast(), Bodies.ofGroup(block));
    }

    /**
     * {@link #taskGroup(GroupBody)} with options: a supervisor, which lets siblings live, or a limit to how many run at
     * once.
     */
    public static <R extends @Nullable Object> R taskGroup(GroupOptions options, GroupBody<R> block)
            throws ExceptionGroup, InterruptedException {
        return TaskGroupImpl.run(options, block);
    }

    /** {@link #taskGroup(GroupOptions, GroupBody)} for a block without a result. */
    public static void taskGroup(GroupOptions options, VoidGroupBody block)
            throws ExceptionGroup, InterruptedException {
        TaskGroupImpl.run(options, Bodies.ofGroup(block));
    }

    // each an array of our own: what has begun is taken out of it

    private static Body<?, ?>[] bodies(Body<?, ?>[] bodies) {
        return Checks.elements(Objects.requireNonNull(bodies, "bodies").clone(), "bodies");
    }

    private static Body<?, ?>[] bodies(Collection<? extends Body<?, ?>> bodies) {
        return Checks.elements(Objects.requireNonNull(bodies, "bodies").toArray(new Body<?, ?>[0]), "bodies");
    }

    private static <A extends @Nullable Object> Iterator<? extends A> iterator(Iterable<? extends A> items) {
        return Objects.requireNonNull(items, "items").iterator();
    }
}
