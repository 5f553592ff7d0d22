package dev.weft;

import dev.weft.internal.block.Abandonable;
import dev.weft.internal.block.Blocking;
import dev.weft.internal.block.Shield;
import dev.weft.internal.block.Uninterrupted;
import dev.weft.internal.block.WaitFor;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.task.Activity;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.InheritedContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that protect what they run, or wait, on the caller's own thread unless they say otherwise. They work on any
 * thread, with and without a {@code run}.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
abstract class BlockCalls extends OnCancelCalls {

    BlockCalls() {}

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
     * @param body sees neither a request from outside nor {@link Deadline#current()} of the blocks around
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T uninterrupted(Body<T, X> body)
            throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return ClosingRun.returned(closing, Uninterrupted::run);
        }
        return Uninterrupted.run(body);
    }

    /**
     * {@link #uninterrupted(Body)} for a body without a result.
     *
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public static <X extends Exception> void uninterrupted(VoidBody<X> body) throws X, InterruptedException {
        Uninterrupted.run(Bodies.of(body));
    }

    /**
     * {@link #uninterrupted(Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T uninterrupted(Callable<T> body) throws Exception {
        return uninterrupted(Bodies.of(body));
    }

    /**
     * Waits for a task, or runs a body, for at most {@code limit}: asyncio's {@code wait_for}. When the limit passes,
     * the task is cancelled and joined; only then this throws.
     *
     * <p>As {@link #timeout(Duration, Body)}, with two differences. A task that ends otherwise although it was
     * cancelled has its value returned, or its exception thrown. And if the limit is not positive, a task that has
     * ended has its result returned, while a body is not run at all. What is said there of bodies that take no notice,
     * and of socket I/O on a platform thread, holds here too.
     *
     * <p><b>Blocking:</b> until the task or body has ended. <b>Cancellation:</b> always a cancellation point; who is
     * cancelled here cancels the task too.
     *
     * @param limit {@link Weft#FOREVER} for none
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the task or body ended by
     *     that
     * @throws X what the body threw; of a task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if the task was cancelled by somebody else
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T waitFor(Body<T, X> body, Duration limit)
            throws X, TimeoutException, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return ClosingRun.returned(closing, made -> WaitFor.waitFor(made, limit));
        }
        return WaitFor.waitFor(body, limit);
    }

    /** {@link #waitFor(Body, Duration)} for a body without a result. */
    public static <X extends Exception> void waitFor(VoidBody<X> body, Duration limit)
            throws X, TimeoutException, InterruptedException {
        WaitFor.waitFor(Bodies.of(body), limit);
    }

    /**
     * {@link #waitFor(Body, Duration)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T waitFor(Callable<T> body, Duration limit) throws Exception {
        return waitFor(Bodies.of(body), limit);
    }

    /**
     * Waits for a task that is not to be cancelled with the caller: who is cancelled here leaves at once, and the task
     * goes on. A body is started as a background task of the enclosing run. For clean-up on the caller's own thread,
     * which must be completed before the caller goes on, see {@link #uninterrupted(Body)}.
     *
     * <p><b>Blocking:</b> until the task has ended. <b>Cancellation:</b> always a cancellation point; the task goes on,
     * and if it fails when nobody waits any more, that is reported as with {@link Weft#createTask createTask}.
     *
     * @throws X what the body threw; of a task also a checked exception that is not declared
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws IllegalStateException if a body is given and there is no enclosing {@code run}
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body)
            throws X, InterruptedException {
        return Shield.shield(body);
    }

    /** {@link #shield(Body)} for a body without a result. */
    public static <X extends Exception> void shield(VoidBody<X> body) throws X, InterruptedException {
        Shield.shield(Bodies.of(body));
    }

    /**
     * {@link #shield(Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T shield(Callable<T> body) throws Exception {
        return shield(Bodies.of(body));
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
        var self = Activity.current();
        if (Objects.requireNonNull(duration, "duration").isPositive()) {
            self.waitFor(Awaitable.SLEEP, Durations.deadline(self.scheduler(), duration));
        } else {
            self.yieldTurn();
        }
    }

    /** {@link #sleep(Duration)}, then returns {@code result}. */
    public static <T extends @Nullable Object> T sleep(Duration duration, T result) throws InterruptedException {
        sleep(duration);
        return result;
    }

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
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T blocking(Body<T, X> body)
            throws X, InterruptedException {
        return Blocking.blocking(body);
    }

    /** {@link #blocking(Body)} for a body without a result. */
    public static <X extends Exception> void blocking(VoidBody<X> body) throws X, InterruptedException {
        Blocking.blocking(Bodies.of(body));
    }

    /**
     * {@link #blocking(Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T blocking(Callable<T> body) throws Exception {
        return blocking(Bodies.of(body));
    }

    /**
     * Runs a body that cannot be interrupted (DNS, some JDBC drivers, standard input) so that the caller need not wait
     * for it when cancelled: on a daemon thread of its own. Who is cancelled leaves at once; the body is interrupted
     * for what it is worth, goes on, is counted in {@link Weft#abandonedCalls()}, and if it fails then, that is
     * reported.
     *
     * <p><b>Blocking:</b> until the body has ended, or the caller is cancelled. <b>Cancellation:</b> always a
     * cancellation point. The body sees no current task.
     *
     * @throws X what the body threw
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public static <T extends @Nullable Object, X extends Exception> T abandonOnCancel(Body<T, X> body)
            throws X, InterruptedException {
        return Abandonable.call(body);
    }

    /** {@link #abandonOnCancel(Body)} for a body without a result. */
    public static <X extends Exception> void abandonOnCancel(VoidBody<X> body) throws X, InterruptedException {
        Abandonable.call(Bodies.of(body));
    }

    /**
     * {@link #abandonOnCancel(Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T abandonOnCancel(Callable<T> body) throws Exception {
        return abandonOnCancel(Bodies.of(body));
    }

    /**
     * Runs {@code body} so that all tasks created within it, by this thread or by those tasks, carry the context that
     * {@code propagator} captures where they are created.
     *
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ContextPropagator propagator, Body<T, X> body) throws X, InterruptedException {
        return InheritedContext.propagate(propagator, body);
    }

    /** {@link #propagate(ContextPropagator, Body)} for a body without a result. */
    public static <X extends Exception> void propagate(ContextPropagator propagator, VoidBody<X> body)
            throws X, InterruptedException {
        InheritedContext.propagate(propagator, Bodies.of(body));
    }

    /**
     * {@link #propagate(ContextPropagator, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
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
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ScopedValue.Carrier bindings, Body<T, X> body) throws X, InterruptedException {
        return InheritedContext.propagate(bindings, body);
    }

    /** {@link #propagate(ScopedValue.Carrier, Body)} for a body without a result. */
    public static <X extends Exception> void propagate(ScopedValue.Carrier bindings, VoidBody<X> body)
            throws X, InterruptedException {
        InheritedContext.propagate(bindings, Bodies.of(body));
    }

    /**
     * {@link #propagate(ScopedValue.Carrier, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T propagate(ScopedValue.Carrier bindings, Callable<T> body)
            throws Exception {
        return propagate(bindings, Bodies.of(body));
    }
}
