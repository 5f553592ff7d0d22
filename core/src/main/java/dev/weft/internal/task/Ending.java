package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Outcome;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Interrupts;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How a task ended that did not finish with a value, and whether somebody has looked at it. */
public abstract sealed class Ending {

    private volatile boolean observed;

    private Ending() {}

    /** It threw. */
    static final class Failed extends Ending {

        /** Made in good time. */
        static final Failed WITHOUT_MEMORY = new Failed(new OutOfMemoryError("no memory to tell how the task ended"));

        private final Throwable exception;

        Failed(Throwable exception) {
            this.exception = exception;
        }

        Throwable exception() {
            return exception;
        }

        @Override
        Throwable toThrow(StructuredStrand task) {
            return exception;
        }

        @Override
        public List<Throwable> failures() {
            return List.of(exception);
        }

        @Override
        Future.State state() {
            return Future.State.FAILED;
        }

        @Override
        <T extends @Nullable Object> Outcome<T> toOutcome() {
            return new Outcome.Failure<>(exception);
        }
    }

    /** It was cancelled. */
    static final class Cancelled extends Ending {

        private final Cancellation cancellation;
        private final @Nullable Throwable exception;

        /** @param exception what it ended with, if it had begun */
        Cancelled(Cancellation cancellation, @Nullable Throwable exception) {
            this.cancellation = cancellation;
            this.exception = exception;
        }

        Cancellation cancellation() {
            return cancellation;
        }

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

        @Override
        Throwable toThrow(StructuredStrand task) {
            return new AwaitedCancelledException(
                    task.describe(), cancellation, exception == null ? Api.cancelled(cancellation, true) : exception);
        }

        @Override
        public List<Throwable> failures() {
            return exception == null ? List.of() : CarriedFailures.in(exception);
        }

        @Override
        Future.State state() {
            return Future.State.CANCELLED;
        }

        @Override
        <T extends @Nullable Object> Outcome<T> toOutcome() {
            return new Outcome.Cancelled<>(cancellation, exception);
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

    /** The exception that an awaiter of {@code task} sees: the task's own, or one that tells of the cancellation. */
    abstract Throwable toThrow(StructuredStrand task);

    /** The failure, or those that a cancelled task has met while it stopped: they must not be lost. */
    public abstract List<Throwable> failures();

    abstract Future.State state();

    abstract <T extends @Nullable Object> Outcome<T> toOutcome();

    /** Somebody has looked. One that many tasks share is told of at each. */
    public final void observe() {
        observed = this != Failed.WITHOUT_MEMORY;
    }

    /** Whether something would be lost if nobody looks. */
    public final boolean isUnobservedFailure() {
        return !observed && !failures().isEmpty();
    }
}
