package dev.weft;

import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.CancelAction;
import dev.weft.internal.task.ClosingRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls for what does not stop by an interrupt, or is broken by one: an action stops it. */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
abstract class OnCancelCalls extends TimeoutCalls {

    OnCancelCalls() {}

    /**
     * Runs a body that stops on something else than an interrupt: when it is cancelled, {@code action} is run beside it
     * (cancel the statement, close the socket, kill the process). Exactly once, on another thread, and never after this
     * call has returned; it waits for an action that has begun.
     *
     * <p><b>The action takes the interrupt's place.</b> The thread is not interrupted for a request that runs the
     * action, as an interrupt would break what the action is to stop in an orderly way: it closes a virtual thread's
     * socket, and so a database connection. Only if the body has not ended a second after the action has, it is
     * interrupted after all; {@link #onCancel(VoidBody, Duration, Body)} sets that time. A call of Weft's within the
     * body, such as {@link Weft#sleep}, is stopped at once, and not by an interrupt. An interrupt that was sent before
     * the body began, and that nobody has noticed, is taken back.
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
     * {@link #onCancel(VoidBody, Body, Predicate)} keeps values. If the task was cancelled, the value is returned: see
     * {@link Task}.
     *
     * <p>An action that has not returned when the {@linkplain Runner.Builder#cancellationGrace cancellation grace} is
     * over is reported as a {@link Problem.Kind#IGNORES_CANCELLATION}, and the body is interrupted.
     *
     * @param action what it throws is suppressed into the body's exception, or else reported; may block
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(VoidBody<?> action, Body<T, X> body)
            throws X, InterruptedException {
        return onCancel(action, body, value -> false);
    }

    /** {@link #onCancel(VoidBody, Body)} for a body without a result. */
    public static <X extends Exception> void onCancel(VoidBody<?> action, VoidBody<X> body)
            throws X, InterruptedException {
        onCancel(action, CancelAction.DEFAULT_GRACE, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(VoidBody<?> action, Callable<T> body) throws Exception {
        return onCancel(action, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Body)} for a body whose value may be complete although the action has run.
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
            VoidBody<?> action, Body<T, X> body, Predicate<? super T> isComplete) throws X, InterruptedException {
        return call(action, CancelAction.DEFAULT_GRACE, body, isComplete);
    }

    /**
     * {@link #onCancel(VoidBody, Body, Predicate)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(
            VoidBody<?> action, Callable<T> body, Predicate<? super T> isComplete) throws Exception {
        return onCancel(action, Bodies.of(body), isComplete);
    }

    /**
     * {@link #onCancel(VoidBody, Body)} that says when the body is interrupted although the action has run.
     *
     * @param action stops the body
     * @param body what is run
     * @param interruptAfter how long the body may go on after the action has ended; zero interrupts it then,
     *     {@link Weft#FOREVER} never
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException as the body does
     * @throws IllegalArgumentException if {@code interruptAfter} is negative
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> T onCancel(
            VoidBody<?> action, Duration interruptAfter, Body<T, X> body) throws X, InterruptedException {
        return call(action, interruptAfter, body, value -> false);
    }

    /**
     * {@link #onCancel(VoidBody, Duration, Body)} for a body without a result.
     *
     * @since 0.1.0
     */
    public static <X extends Exception> void onCancel(VoidBody<?> action, Duration interruptAfter, VoidBody<X> body)
            throws X, InterruptedException {
        onCancel(action, interruptAfter, Bodies.of(body));
    }

    /**
     * {@link #onCancel(VoidBody, Duration, Body)} for a {@link Callable}.
     *
     * @throws Exception what the callable threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T onCancel(VoidBody<?> action, Duration interruptAfter, Callable<T> body)
            throws Exception {
        return onCancel(action, interruptAfter, Bodies.of(body));
    }

    private static <T extends @Nullable Object, X extends Exception> T call(
            VoidBody<?> action, Duration interruptAfter, Body<T, X> body, Predicate<? super T> isComplete)
            throws X, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return ClosingRun.returned(closing, made -> CancelAction.call(action, interruptAfter, made, isComplete));
        }
        return CancelAction.call(action, interruptAfter, body, isComplete);
    }
}
