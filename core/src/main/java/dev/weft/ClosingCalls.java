package dev.weft;

import dev.weft.internal.scope.Dropped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code closing}: values that must not be lost. */
abstract class ClosingCalls {

    ClosingCalls() {}

    /**
     * Returns {@code body} with an answer to what happens to its value if nobody gets it: {@code closer} is called. A
     * gather that fails drops the results of the bodies that have succeeded; a race drops those of the losers.
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
     * {@code shield}) closes a value that comes later on the body's own thread. A closer may block. What it throws is
     * suppressed into what the call throws; if the call returns, it is reported as a
     * {@link Problem.Kind#CALLBACK_FAILURE}. The other values are closed all the same, and a request or interrupt that
     * a closer has noticed is delivered again after the last one.
     *
     * <p><b>Blocking:</b> never; nothing runs here. <b>Cancellation:</b> never a cancellation point.
     *
     * @param body makes the value
     * @param closer closes a value that the call does not return, once; not called for null
     * @return a body to give to one of these calls; each run of it makes a value of its own
     * @since 0.1.0
     */
    public static <T extends @Nullable Object, X extends Exception> ClosingBody<T, X> closing(
            Body<? extends T, ? extends X> body, Closer<? super T> closer) {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(closer, "closer");
        return new ClosingBody<>() {
            @Override
            public T run() throws X, InterruptedException {
                return body.run();
            }

            @Override
            public void closeDropped(T value) throws Exception {
                closer.close(value);
            }
        };
    }

    /**
     * {@link #closing(Body, Closer)} of a value that can close itself.
     *
     * @since 0.1.0
     */
    public static <T extends @Nullable AutoCloseable, X extends Exception> ClosingBody<T, X> closing(
            Body<? extends T, ? extends X> body) {
        return closing(body, AutoCloseable::close);
    }

    /**
     * {@link #closing(Body, Closer)} for the work on an item, of {@link Weft#mapConcurrent mapConcurrent}.
     *
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
     * @since 0.1.0
     */
    public static <A extends @Nullable Object, B extends @Nullable AutoCloseable, X extends Exception>
            ItemBody<A, B, X> closing(ItemBody<A, B, X> body) {
        return closing(body, AutoCloseable::close);
    }
}
