package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Scheduler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How a task ended, and all that can be asked about that. Written once, by its own thread, before it is done. */
public abstract sealed class TaskEnd<T extends @Nullable Object> extends StructuredStrand implements Task<T>
        permits AwaitedTask {

    /** A value or an {@link Ending}. Published by {@link #endStrand}. */
    private @Nullable Object end;

    TaskEnd(Scheduler scheduler) {
        super(scheduler);
    }

    /** The owner that ends this, before it is done. */
    final void endWith(@Nullable Object newEnd) {
        end = newEnd;
    }

    /** A value, or an {@link Ending}. Only of a task that has ended. */
    @Nullable
    public final Object end() {
        return end;
    }

    @Override
    public final T result() {
        requireEnded();
        if (end instanceof Ending ending) {
            ending.observe();
            throw Sneaky.rethrow(CallerTraces.added(ending.toThrow(this)));
        }
        return value();
    }

    @Override
    public final @Nullable Throwable exception() {
        requireEnded();
        if (end instanceof Ending.Cancelled cancelled) {
            throw Sneaky.rethrow(cancelled.toThrow(this));
        }
        observe();
        return failureOrNull();
    }

    @Override
    public final Outcome<T> outcome() {
        requireEnded();
        observe();
        return end instanceof Ending ending ? ending.toOutcome() : new Outcome.Success<>(value());
    }

    public final boolean hasSucceeded() {
        return hasEnded() && !(end instanceof Ending);
    }

    /** The exception of a task that has failed, or null. Does not count as having looked. */
    @Nullable
    public final Throwable failureOrNull() {
        return hasEnded() && end instanceof Ending.Failed failed ? failed.exception() : null;
    }

    /** The failure that would go unobserved. Counts as having observed it. */
    public final List<Throwable> failures() {
        observe();
        return end instanceof Ending ending ? ending.failures() : List.of();
    }

    /** The exception that an awaiter of this task sees, which has not succeeded. */
    public final Throwable toThrow() {
        return ((Ending) Objects.requireNonNull(end, "end")).toThrow(this);
    }

    /** Whether something would be lost if nobody looks. */
    public final boolean hasUnobservedFailure() {
        return end instanceof Ending ending && ending.isUnobservedFailure();
    }

    public final void observe() {
        if (end instanceof Ending ending) {
            ending.observe();
        }
    }

    /** Whether {@code reason} is what this was cancelled for. */
    public final boolean wasCancelledFor(Cancellation reason) {
        return end instanceof Ending.Cancelled cancelled && cancelled.cancellation() == reason;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // no Ending; null if its type says so
    private T value() {
        return (T) end;
    }

    private void requireEnded() {
        if (!hasEnded()) {
            throw new IllegalStateException(this + " has not ended: await it first");
        }
    }

    // ---- as a Future

    /** The result for {@link #get()}, which wraps failures. */
    final T resultForFuture() throws ExecutionException {
        var failure = failureOrNull();
        if (failure != null) {
            observe();
            throw new ExecutionException(Foreign.text(failure), failure); // which does not ask it itself
        }
        return result();
    }

    @Override
    public final T resultNow() {
        if (!hasSucceeded()) {
            throw new IllegalStateException(this + " has no result");
        }
        return value();
    }

    @Override
    public final Throwable exceptionNow() {
        var failure = failureOrNull();
        if (failure == null) {
            throw new IllegalStateException(this + " has not failed");
        }
        observe();
        return failure;
    }

    @Override
    public final State state() {
        if (!hasEnded()) {
            return State.RUNNING;
        }
        return end instanceof Ending ending ? ending.state() : State.SUCCESS;
    }

    @Override
    public final boolean isDone() {
        return hasEnded();
    }

    @Override
    public final boolean isCancelled() {
        return hasEnded() && end instanceof Ending.Cancelled;
    }
}
