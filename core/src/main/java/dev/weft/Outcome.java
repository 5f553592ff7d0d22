package dev.weft;

import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Sneaky;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a piece of work as a value, to be taken apart by {@code switch}.
 *
 * @param <T> the type of the value in case of success
 * @see Weft#settle
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * The work returned.
     *
     * @param <T> the type of the value
     * @param value the result; null for work without one
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * The work threw an exception.
     *
     * @param <T> the type of the missing value
     * @param exception the very exception of the work, not null
     */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {
        /** Creates a failure. */
        public Failure {
            Objects.requireNonNull(exception, "exception");
        }
    }

    /**
     * The work was cancelled.
     *
     * @param <T> the type of the missing value
     * @param cancellation the request, not null
     * @param exception the exception that the work ended with; null if it had not begun
     */
    record Cancelled<T extends @Nullable Object>(
            Cancellation cancellation, @Nullable Throwable exception) implements Outcome<T> {
        /** Creates a cancelled outcome. */
        public Cancelled {
            Objects.requireNonNull(cancellation, "cancellation");
        }
    }

    /**
     * Returns the value, or throws the exception that prevented it: the very one of the work, also a checked one that
     * is not declared here.
     *
     * @return the value of a {@link Success}
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

    /**
     * Whether this is a {@link Success}.
     *
     * @return false for {@link Failure} and {@link Cancelled}
     */
    default boolean isSuccess() {
        return this instanceof Success;
    }
}
