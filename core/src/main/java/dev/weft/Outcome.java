package dev.weft;

import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Sneaky;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a piece of work ended, as a value: to be taken apart by {@code switch}.
 *
 * @param <T> the type of the value in case of success
 * @see Weft#settle
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /** It returned {@code value}. */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /** It threw {@code exception}. */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {
        /** Creates a failure. */
        public Failure {
            Objects.requireNonNull(exception, "exception");
        }
    }

    /** It was cancelled; {@code exception} is what it ended with, if it had begun. */
    record Cancelled<T extends @Nullable Object>(
            Cancellation cancellation, @Nullable Throwable exception) implements Outcome<T> {
        /** Creates a cancelled outcome. */
        public Cancelled {
            Objects.requireNonNull(cancellation, "cancellation");
        }
    }

    /**
     * The value, or else what stood in its way is thrown.
     *
     * @throws CancellationException if this is {@link Cancelled}
     */
    default T get() {
        return switch (this) {
            case Success<T>(var value) -> value;
            case Failure<T>(var exception) -> throw Sneaky.rethrow(exception);
            case Cancelled<T>(var cancellation, var exception) ->
                throw new AwaitedCancelledException("the work", cancellation, exception);
        };
    }

    /** Whether this is a {@link Success}. */
    default boolean isSuccess() {
        return this instanceof Success;
    }
}
