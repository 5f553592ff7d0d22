package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Outcome;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Interrupts;
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
    record Cancelled(Cancellation cancellation, @Nullable Throwable exception) implements Ending {

        /** With the reason that {@code task} was asked for, or else that {@code thrown} tells of. */
        static Cancelled of(TaskImpl<?> task, @Nullable Throwable thrown) {
            return new Cancelled(reason(task, thrown), thrown);
        }

        private static Cancellation reason(TaskImpl<?> task, @Nullable Throwable thrown) {
            var asked = task.cancellation();
            if (asked != null) {
                return asked;
            }
            if (thrown instanceof CancelledException cancelled) {
                return cancelled.cancellation();
            }
            if (thrown instanceof AwaitedCancelledException awaited && awaited.cancellation() != null) {
                return awaited.cancellation();
            }
            return Cancellations.now(
                    task.scheduler(), thrown == null ? null : Foreign.message(thrown), task.describe());
        }
    }

    /**
     * Has this loaded: where a task ends there may be no memory for that. {@link Failed} is not touched: its error
     * would keep the classes of those alive that stand on the caller's stack.
     */
    static void open() {}

    /**
     * How {@code task} ends by {@code thrown}: as failed with it, if it cannot be found out whether it was cancelled.
     */
    static Ending by(TaskImpl<?> task, Throwable thrown) {
        try {
            return wasCancelledBy(task, thrown) ? Cancelled.of(task, thrown) : new Failed(thrown);
        } catch (Throwable e) {
            return failed(thrown);
        }
    }

    static Ending failed(Throwable thrown) {
        try {
            return new Failed(thrown);
        } catch (OutOfMemoryError e) {
            return Failed.WITHOUT_MEMORY;
        }
    }

    /** How {@code task} ends, which is not to begin. */
    static Ending cancelledBeforeBegin(TaskImpl<?> task) {
        try {
            return Cancelled.of(task, null);
        } catch (Throwable e) {
            return failed(e);
        }
    }

    /** By who asked, not by type; but these two are only made for who is, or has awaited something that was. */
    private static boolean wasCancelledBy(TaskImpl<?> task, Throwable thrown) {
        return thrown instanceof CancelledException
                || thrown instanceof AwaitedCancelledException
                || (task.cancelling() > 0 && Interrupts.isSurface(thrown));
    }

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
