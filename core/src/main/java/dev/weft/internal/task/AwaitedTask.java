package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Registration;
import dev.weft.Task;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task for those who wait for its end: awaiters, futures and callbacks, in one list. */
public abstract sealed class AwaitedTask<T extends @Nullable Object> extends TaskEnd<T> implements Awaitable
        permits TaskImpl {

    private @Nullable TaskWaiters waiters;

    /** A wait for a task that ends by itself, so that it closes no cycle. */
    private record TimedWait(TaskImpl<?> task) implements Awaitable {
        @Override
        public boolean isReady() {
            return task.hasEnded();
        }

        @Override
        public Needs needs() {
            return Needs.NONE;
        }

        @Override
        public void forEachInvolved(Consumer<? super TaskImpl<?>> action) {
            action.accept(task);
        }

        @Override
        public String toString() {
            return task.describe();
        }
    }

    AwaitedTask(Scheduler scheduler) {
        super(scheduler);
    }

    private TaskImpl<T> self() {
        return (TaskImpl<T>) this;
    }

    // ---- waiters

    /** Has {@code waiter} told of the end; false if this has ended already, and it will not be. */
    public final boolean add(TaskWaiter waiter) {
        StackReserve.forCall();
        var spare = waiters == null ? new TaskWaiters() : null;
        var now = lock();
        try {
            if (isDone(now)) {
                return false;
            }
            var list = waiters == null ? spare : waiters;
            if (list == null) {
                throw new AssertionError("a list vanishes only when the task ends");
            }
            list.add(waiter);
            waiters = list;
            return true;
        } finally {
            state = now;
        }
    }

    /** Has {@code waiter} not told any more; false if it was, or is about to be. */
    public final boolean remove(TaskWaiter waiter) {
        var now = lock();
        try {
            return !isDone(now) && waiters != null && waiters.remove(waiter);
        } finally {
            state = now;
        }
    }

    /** Those who are to be told of the end, or null. For who has ended this, once. */
    final @Nullable TaskWaiters takeWaiters() {
        var told = waiters;
        waiters = null;
        return told;
    }

    final int countCallbacks() {
        var now = lock();
        try {
            return isDone(now) || waiters == null ? 0 : waiters.countCallbacks();
        } finally {
            state = now;
        }
    }

    @Override
    public final boolean isReady() {
        return hasEnded();
    }

    @Override
    public final boolean mayCloseCycle() {
        return true;
    }

    @Override
    public final void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        action.accept(self());
    }

    @Override
    public final void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachAwaited(action);
    }

    // ---- awaiting

    @Override
    public final T await() throws InterruptedException {
        var self = current();
        self.letBegin(self());
        var waiter = new TaskWaiter.Unpark(self);
        if (!add(waiter)) {
            self.checkpoint();
            return result();
        }
        var mark = self.requestMark();
        try {
            self.waitFor(this, Scheduler.NEVER);
        } catch (InterruptedException e) {
            request(new Request(reasonToStop(self, e)));
            self.join(this);
            throw afterJoin(self, mark, e);
        } finally {
            remove(waiter);
        }
        return result();
    }

    /**
     * The exception of an awaiter that was stopped while it waited: this task's failure; the request is then delivered
     * again.
     */
    public final InterruptedException afterJoin(StructuredStrand self, int mark, InterruptedException stopped) {
        var failure = failureOrNull();
        if (failure == null) {
            Suppression.addAll(stopped, failures());
            return stopped;
        }
        observe();
        self.tellAgain(stopped, mark);
        throw Sneaky.rethrow(CallerTraces.added(failure));
    }

    /** Waits without touching this task; false if {@code deadlineNanos} came first. */
    public final boolean awaitEnd(StructuredStrand self, long deadlineNanos) throws InterruptedException {
        var waiter = new TaskWaiter.Unpark(self);
        add(waiter);
        try {
            return self.waitFor(deadlineNanos == Scheduler.NEVER ? this : new TimedWait(self()), deadlineNanos);
        } finally {
            remove(waiter);
        }
    }

    /** Why something is cancelled whose owner or awaiter has caught {@code e}. */
    public static Cancellation reasonToStop(StructuredStrand self, InterruptedException e) {
        return e instanceof CancelledException cancelled
                ? cancelled.cancellation()
                : Cancellations.now(self.scheduler(), "interrupted", self.describe());
    }

    // ---- as a Future

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        awaitEnd(current(), Scheduler.NEVER);
        return resultForFuture();
    }

    @Override
    public final T get(long limit, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        var duration = Duration.ofNanos(unit.toNanos(limit));
        var self = current();
        var deadline = Durations.deadline(self.scheduler(), duration);
        if (!awaitEnd(self, deadline)) {
            throw Api.exceeded(Api.deadline(deadline), "get(" + Durations.format(duration) + ") of " + describe());
        }
        return resultForFuture();
    }

    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        observe();
        return TaskFuture.of(self());
    }

    // ---- callbacks

    @Override
    public final Registration onDone(Consumer<? super Task<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        var waiter = new TaskWaiter.UsersCallback(() -> callback.accept(self()));
        if (!add(waiter)) {
            var run = runContext();
            var waitingRun = run == null || run.isReady() ? null : run;
            if (waitingRun != null) {
                waitingRun.holdOpen();
            }
            TaskCallbacks.call(self(), waiter, waitingRun);
        }
        return () -> remove(waiter);
    }
}
