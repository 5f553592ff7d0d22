package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.Outcome;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.AwaitedCancelledException;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How a task ended that did not finish with a value. */
sealed interface Ending {

    /** It threw. */
    record Failed(Throwable exception) implements Ending {

        /** Made in good time. */
        static final Failed WITHOUT_MEMORY = new Failed(new OutOfMemoryError("no memory to tell how the task ended"));
    }

    /** It was cancelled; {@code exception} is what it ended with, if it had begun. */
    record Cancelled(Cancellation cancellation, @Nullable Throwable exception) implements Ending {}

    /** What an awaiter of {@code task} gets to see: the very exception, or one that tells of the cancellation. */
    default Throwable toThrow(Activity task) {
        return switch (this) {
            case Failed(var exception) -> exception;
            case Cancelled(var cancellation, var exception) ->
                new AwaitedCancelledException(
                        task.describe(),
                        cancellation,
                        exception == null ? Api.cancelled(cancellation, true) : exception);
        };
    }

    /** The failure, or those that a cancelled task has met while it stopped: they must not be lost. */
    default List<Throwable> failures() {
        return switch (this) {
            case Failed(var exception) -> List.of(exception);
            case Cancelled(var cancellation, var exception) ->
                exception == null ? List.of() : CarriedFailures.in(exception);
        };
    }

    default Future.State state() {
        return this instanceof Failed ? Future.State.FAILED : Future.State.CANCELLED;
    }

    default <T extends @Nullable Object> Outcome<T> toOutcome() {
        return switch (this) {
            case Failed(var exception) -> new Outcome.Failure<>(exception);
            case Cancelled(var cancellation, var exception) -> new Outcome.Cancelled<>(cancellation, exception);
        };
    }
}
