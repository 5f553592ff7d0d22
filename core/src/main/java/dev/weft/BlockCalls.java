package dev.weft;

import dev.weft.internal.block.Abandonable;
import dev.weft.internal.block.Blocking;
import dev.weft.internal.block.Shield;
import dev.weft.internal.block.TimeoutBlock;
import dev.weft.internal.block.Uninterrupted;
import dev.weft.internal.block.WaitFor;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.task.Activity;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.InheritedContext;
import dev.weft.internal.task.Made;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that bound or protect what they run, on the caller's own thread unless they say otherwise. They work on any
 * thread, with and without a {@code run}.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
abstract class BlockCalls extends TaskCalls {

    BlockCalls() {}

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
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @throws TimeoutException (a {@link DeadlineExceededException}) if the limit passed and the body ended by that
     * @throws X what the body threw
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     */
    public static <T extends @Nullable Object, X extends Exception> T timeout(Duration limit, Body<T, X> body)
            throws X, TimeoutException, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, made -> TimeoutBlock.run(limit, made));
        }
        return TimeoutBlock.run(limit, body);
    }

    /** {@link #timeout(Duration, Body)} for a body without a result. */
    public static <X extends Exception> void timeout(Duration limit, VoidBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.run(limit, Bodies.of(body));
    }

    /**
     * {@link #timeout(Duration, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T timeout(Duration limit, Callable<T> body) throws Exception {
        return timeout(limit, Bodies.of(body));
    }

    /** {@link #timeout(Duration, Body)} for a body that sees its {@link Timeout}, to move or inspect it. */
    public static <T extends @Nullable Object, X extends Exception> T timeout(Duration limit, TimeoutBody<T, X> body)
            throws X, TimeoutException, InterruptedException {
        return TimeoutBlock.run(limit, body);
    }

    /** {@link #timeout(Duration, TimeoutBody)} for a body without a result. */
    public static <X extends Exception> void timeout(Duration limit, VoidTimeoutBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.run(limit, Bodies.ofTimeout(body));
    }

    /**
     * {@link #timeout(Duration, Body)} with a point in time instead of a duration. What is said there of bodies that
     * take no notice, and of socket I/O on a platform thread, holds here too.
     *
     * @param deadline {@link Deadline#never()} for none
     */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(Deadline deadline, Body<T, X> body)
            throws X, TimeoutException, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, made -> TimeoutBlock.runAt(deadline, made));
        }
        return TimeoutBlock.runAt(deadline, body);
    }

    /** {@link #timeoutAt(Deadline, Body)} for a body without a result. */
    public static <X extends Exception> void timeoutAt(Deadline deadline, VoidBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.runAt(deadline, Bodies.of(body));
    }

    /**
     * {@link #timeoutAt(Deadline, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T timeoutAt(Deadline deadline, Callable<T> body) throws Exception {
        return timeoutAt(deadline, Bodies.of(body));
    }

    /** {@link #timeoutAt(Deadline, Body)} for a body that sees its {@link Timeout}. */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
            Deadline deadline, TimeoutBody<T, X> body) throws X, TimeoutException, InterruptedException {
        return TimeoutBlock.runAt(deadline, body);
    }

    /** {@link #timeoutAt(Deadline, TimeoutBody)} for a body without a result. */
    public static <X extends Exception> void timeoutAt(Deadline deadline, VoidTimeoutBody<X> body)
            throws X, TimeoutException, InterruptedException {
        TimeoutBlock.runAt(deadline, Bodies.ofTimeout(body));
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
     * @param limit {@link Weft#FOREVER} for none; if it is not positive, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null; a body without a result has an overload of its own
     * @return what the body returned, or empty if the limit passed and the body ended by that
     * @throws X what the body threw
     * @throws NullPointerException if the body returned null
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T, X extends Exception> Optional<T> moveOnAfter(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, made -> TimeoutBlock.moveOnAfter(limit, made));
        }
        return TimeoutBlock.moveOnAfter(limit, body);
    }

    /**
     * {@link #moveOnAfter(Duration, Body)} for a body without a result.
     *
     * @return true if the body ended by itself; false if the limit passed and the body ended by that
     * @throws X what the body threw
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
     * @return what the callable returned, or empty if the limit passed and the callable ended by that
     * @throws NullPointerException if the callable returned null
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T> Optional<T> moveOnAfter(Duration limit, Callable<T> body) throws Exception {
        return moveOnAfter(limit, Bodies.of(body));
    }

    /**
     * {@link #moveOnAfter(Duration, Body)} with a point in time instead of a duration.
     *
     * @param deadline {@link Deadline#never()} for none; if it has passed, the body is cancelled at its first
     *     cancellation point
     * @param body must not return null; a body without a result has an overload of its own
     * @return what the body returned, or empty if the deadline passed and the body ended by that
     * @throws X what the body threw
     * @throws NullPointerException if the body returned null
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <T, X extends Exception> Optional<T> moveOnAt(Deadline deadline, Body<T, X> body)
            throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, made -> TimeoutBlock.moveOnAt(deadline, made));
        }
        return TimeoutBlock.moveOnAt(deadline, body);
    }

    /**
     * {@link #moveOnAt(Deadline, Body)} for a body without a result.
     *
     * @return true if the body ended by itself; false if the deadline passed and the body ended by that
     * @throws X what the body threw
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
     * @return what the callable returned, or empty if the deadline passed and the callable ended by that
     * @throws NullPointerException if the callable returned null
     * @throws Exception what the callable threw
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
     * @param body must not return null; a body without a result has an overload of its own
     * @return what the body returned, or empty if its handle has cancelled it and it ended by that
     * @throws X what the body threw
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
     * @return true if the body ended by itself; false if its handle cancelled it and it ended by that
     * @throws X what the body threw
     * @throws InterruptedException if the caller was interrupted or cancelled from elsewhere
     * @since 0.1.0
     */
    public static <X extends Exception> boolean cancellable(VoidCancelScopeBody<X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        return TimeoutBlock.<Boolean, X>cancellable(scope -> {
                    body.executeIn(scope);
                    return true;
                })
                .isPresent();
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
     * @param body sees neither a request from outside nor {@link Deadline#current()} of the blocks around
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T uninterrupted(Body<T, X> body)
            throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, Uninterrupted::run);
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
            return Made.returned(closing, made -> WaitFor.waitFor(made, limit));
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
            self.waitFor(Activity.SLEEP, Durations.deadline(self.scheduler(), duration));
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
     * Runs a body that stops on something else than an interrupt: when it is cancelled, {@code action} is run beside it
     * (close the statement, kill the process). Exactly once, on another thread, and never after this call has returned;
     * it waits for an action that has begun.
     *
     * <p>The action is for requests that Weft knows of: of a task, a timeout, a group. A bare
     * {@link Thread#interrupt()} of a thread that runs no task is seen by the body alone.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> no cancellation point of its own.
     *
     * <p>Once the action has begun, how the body stops is its own affair: whatever exception it throws is the cause of
     * a {@link CancelledException}. A value that it returns after all may be cut short, as what was read from a process
     * until it was killed. If a time limit, or another block around this call, has asked for the stop, the value is
     * dropped and a {@link CancelledException} is thrown, which the limit turns into its {@link TimeoutException};
     * {@link #onCancel(Runnable, Body, Predicate)} keeps values. If the task was cancelled, the value is returned: see
     * {@link Task}.
     *
     * @param action what it throws is suppressed into the body's exception, or else reported
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(Runnable action, Body<T, X> body)
            throws X, InterruptedException {
        return onCancel(action, body, value -> false);
    }

    /**
     * {@link #onCancel(Runnable, Body)} for a body whose value may be complete although the action has run.
     *
     * @param action stops the body; what it throws is suppressed into the body's exception, or else reported
     * @param body returns a value that may be cut short once the action has run
     * @param isComplete decides whether a value is returned that the body returned after a limit had the action run;
     *     called on the caller's thread, and not for other values; {@code value -> true} keeps every value. What it
     *     throws is thrown by this call
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException as the body does, or if {@code isComplete} has refused the value
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(
            Runnable action, Body<T, X> body, Predicate<? super T> isComplete) throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return Made.returned(closing, made -> CancelAction.call(action, made, isComplete));
        }
        return CancelAction.call(action, body, isComplete);
    }

    /**
     * {@link #onCancel(Runnable, Body, Predicate)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(
            Runnable action, Callable<T> body, Predicate<? super T> isComplete) throws Exception {
        return onCancel(action, Bodies.of(body), isComplete);
    }

    /** {@link #onCancel(Runnable, Body)} for a body without a result. */
    public static <X extends Exception> void onCancel(Runnable action, VoidBody<X> body)
            throws X, InterruptedException {
        CancelAction.call(action, Bodies.of(body), value -> false);
    }

    /**
     * {@link #onCancel(Runnable, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(Runnable action, Callable<T> body) throws Exception {
        return onCancel(action, Bodies.of(body));
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
