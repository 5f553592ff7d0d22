package dev.weft.sync;

import dev.weft.Body;
import dev.weft.VoidBody;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An object that can be held for the time of a block, in two forms that cannot forget to give it back. */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
public sealed interface Holdable permits Lock, Condition, Semaphore, CapacityLimiter {

    /**
     * Acquires, for {@code try (var _ = lock.hold()) { … }}.
     *
     * <p><b>Blocking:</b> until it is the caller's turn. <b>Cancellation:</b> always a cancellation point; when it
     * throws, nothing is held.
     *
     * @return gives back what was acquired when it is closed; close it once
     * @throws IllegalStateException if this is a {@link Lock} or {@link Condition} and the caller holds the lock
     *     already. The others let a caller acquire again, and wait for itself if nothing is left
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    Hold hold() throws InterruptedException;

    /**
     * Runs {@code body} while this is held. Blocks and is cancelled as {@link #hold}, and as the body is.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread, after the wait; not at all if that ends with an exception
     * @return what the body returns
     * @throws X as the body does
     * @throws IllegalStateException as {@link #hold}
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    default <T extends @Nullable Object, X extends Exception> T with(Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        try (var _ = hold()) {
            return body.run();
        }
    }

    /**
     * {@link #with(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread, after the wait; not at all if that ends with an exception
     * @throws X as the body does
     * @throws IllegalStateException as {@link #hold}
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    default <X extends Exception> void with(VoidBody<X> body) throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        try (var _ = hold()) {
            body.execute();
        }
    }

    /**
     * {@link #with(Body)} for a {@link Callable}.
     *
     * @param <T> the type of the result
     * @param body runs once, on the caller's thread, after the wait; not at all if that ends with an exception
     * @return the value of the callable
     * @throws Exception as the callable does; an {@link InterruptedException} if the caller was interrupted or
     *     cancelled
     * @throws IllegalStateException as {@link #hold}
     * @since 0.1.0
     */
    default <T extends @Nullable Object> T with(Callable<T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        try (var _ = hold()) {
            return body.call();
        }
    }
}
