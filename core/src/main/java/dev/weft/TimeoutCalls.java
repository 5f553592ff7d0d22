package dev.weft;

import dev.weft.internal.block.TimeoutBlock;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.ClosingRun;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that bound what they run, on the caller's own thread. They work on any thread, with and without a {@code run}.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
abstract class TimeoutCalls extends TaskCalls {

    TimeoutCalls() {}

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
            return ClosingRun.returned(closing, made -> TimeoutBlock.run(limit, made));
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
     * {@link #timeout(Duration, Body)} with a point in time instead of a duration. The same holds for bodies that take
     * no notice, and for socket I/O on a platform thread.
     *
     * @param deadline {@link Deadline#never()} for none
     */
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(Deadline deadline, Body<T, X> body)
            throws X, TimeoutException, InterruptedException {
        if (body instanceof ClosingBody<T, X> closing) {
            return ClosingRun.returned(closing, made -> TimeoutBlock.runAt(deadline, made));
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
            return ClosingRun.returned(closing, made -> TimeoutBlock.moveOnAfter(limit, made));
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
            return ClosingRun.returned(closing, made -> TimeoutBlock.moveOnAt(deadline, made));
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
}
