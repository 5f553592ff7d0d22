package dev.weft;

import dev.weft.runtime.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task, on a virtual thread of its own. Its states are those of {@link Activity}; the outcome is written once, before
 * it is done.
 */
final class TaskImpl<T extends @Nullable Object> extends Activity implements Task<T>, Waitable {

    private static final AtomicLong COUNT = new AtomicLong();

    private final Owner owner;
    private final @Nullable RunScope run;
    private final String name;
    private final @Nullable Throwable creation;
    private @Nullable Body<T, ?> body;

    /** A value, a {@link Failed} or a {@link Stopped}. Published by {@link #end}. */
    private @Nullable Object outcome;

    private volatile boolean observed;

    /** Who waits, oldest first. Guarded by the lock until the end, then the property of who ends this. */
    private @Nullable TaskWaiter firstWaiter;

    private @Nullable TaskWaiter lastWaiter;

    /** Links of the {@link LiveTasks} that this stands in, guarded by it. */
    @Nullable
    TaskImpl<?> livePrevious;

    @Nullable
    TaskImpl<?> liveNext;

    /** Differs from task to task. */
    final int stripe;

    private record Failed(Throwable exception) {}

    private record Stopped(
            Cancellation cancellation, @Nullable Throwable exception) {}

    /**
     * A task that {@code creator}, the calling thread's activity, makes: on its runtime, in its run and with its
     * context.
     */
    TaskImpl(Activity creator, Owner owner, TaskOptions options, Body<T, ?> body) {
        this(creator.scheduler(), creator.runScope(), creator, owner, options, body);
    }

    TaskImpl(
            Scheduler scheduler,
            @Nullable RunScope run,
            Activity creator,
            Owner owner,
            TaskOptions options,
            Body<T, ?> body) {
        super(scheduler);
        var number = COUNT.incrementAndGet();
        this.stripe = (int) number;
        this.run = run;
        this.owner = owner;
        this.body = body;
        var given = options.name();
        this.name = given == null ? "Task-" + number : given;
        var givenContext = options.context();
        var inheritedContext = creator.context();
        context(givenContext != null || inheritedContext == null ? givenContext : inheritedContext.copy());
        this.inheritance = Inheritance.capture(creator.inheritance);
        this.creation = run != null && run.isDebug() ? new Throwable() : null;
    }

    /** The calling thread's task, or null. */
    static @Nullable TaskImpl<?> currentTaskOrNull() {
        return currentOrNull() instanceof TaskImpl<?> task ? task : null;
    }

    /** {@code task}, which can be of no other class. */
    static <T extends @Nullable Object> TaskImpl<T> of(Task<T> task) {
        return switch (task) {
            case TaskImpl<T> impl -> impl;
        };
    }

    // ---- life

    /** Starts this on its runtime. If that cannot be done, this fails with the reason. */
    void start() {
        try {
            scheduler().start(this);
        } catch (Throwable e) {
            finish(new Failed(e));
        }
    }

    /** Starts this and comes back when it waits for the first time, if {@code creator} is on the same runtime. */
    void startEagerly(Activity creator) {
        if (creator.scheduler() == scheduler()) {
            scheduler().startEagerly(creator, this);
        } else {
            start();
        }
    }

    @Override
    protected void live() {
        finish(runBody());
        scheduler().exit(this);
    }

    /** Ends this as cancelled although it was never started. Only for who keeps it from being started. */
    void endUnstarted() {
        finish(new Stopped(stopReason(null), null));
    }

    private @Nullable Object runBody() {
        if (!begin()) {
            return new Stopped(stopReason(null), null);
        }
        try {
            var value = ScopedValue.where(CURRENT, this).call(this::callBody);
            return endsBeforeOwnRequestIsDelivered() ? new Stopped(stopReason(null), null) : value;
        } catch (Throwable e) {
            return isStop(e) ? new Stopped(stopReason(e), e) : new Failed(e);
        }
    }

    private T callBody() throws Exception {
        var work = Objects.requireNonNull(body, "body");
        T value;
        try {
            value = inheritance == null ? work.run() : inheritance.call(work);
        } catch (Throwable e) {
            abandonScopes();
            throw e;
        }
        abandonScopes();
        return value;
    }

    private void abandonScopes() {
        for (var scope = scopes; scope != null; scope = scope.outer) {
            scope.abandon();
        }
    }

    private boolean isStop(Throwable thrown) {
        return thrown instanceof CancelledException
                || thrown instanceof AwaitedCancelledException
                || (cancelling() > 0 && Interrupts.isSurface(thrown));
    }

    private Cancellation stopReason(@Nullable Throwable thrown) {
        var asked = cancellation();
        if (asked != null) {
            return asked;
        }
        if (thrown instanceof CancelledException cancelled) {
            return cancelled.cancellation();
        }
        return new Cancellation(
                thrown == null ? null : thrown.getMessage(),
                describe(),
                Deadline.ofNanos(scheduler().nanoTime()));
    }

    private void finish(@Nullable Object end) {
        outcome = end;
        body = null;
        end();
        scheduler().soon(() -> owner.ended(this));
        var waiter = firstWaiter;
        firstWaiter = null;
        lastWaiter = null;
        if (waiter != null) {
            tell(waiter);
        }
    }

    private void tell(TaskWaiter first) {
        List<TaskWaiter.Callback> callbacks = null;
        for (TaskWaiter waiter = first; waiter != null; waiter = waiter.next) {
            if (waiter instanceof TaskWaiter.Callback callback) {
                callbacks = callbacks == null ? new ArrayList<>() : callbacks;
                callbacks.add(callback);
            } else {
                waiter.taskEnded(this);
            }
        }
        if (callbacks != null) {
            callBack(callbacks);
        }
    }

    private void callBack(List<TaskWaiter.Callback> callbacks) {
        Runnable all = () -> callbacks.forEach(callback -> {
            try {
                callback.action.run();
            } catch (Throwable e) {
                problems().callbackFailed(this, e);
            }
        });
        if (Thread.currentThread() == thread() && !scheduler().takesTurns()) {
            all.run();
        } else {
            scheduler().execute(name + "-callback", all);
        }
    }

    // ---- waiters

    /** Has {@code waiter} told of the end; false if this has ended already, and it will not be. */
    boolean add(TaskWaiter waiter) {
        var now = lock();
        if (hasEnded(now)) {
            unlock(now);
            return false;
        }
        var last = lastWaiter;
        waiter.previous = last;
        waiter.linked = true;
        if (last == null) {
            firstWaiter = waiter;
        } else {
            last.next = waiter;
        }
        lastWaiter = waiter;
        unlock(now);
        return true;
    }

    void remove(TaskWaiter waiter) {
        var now = lock();
        if (!hasEnded(now) && waiter.linked) {
            waiter.linked = false;
            var before = waiter.previous;
            var after = waiter.next;
            if (before == null) {
                firstWaiter = after;
            } else {
                before.next = after;
            }
            if (after == null) {
                lastWaiter = before;
            } else {
                after.previous = before;
            }
        }
        unlock(now);
    }

    @Override
    public boolean isReady() {
        return hasEnded();
    }

    // ---- awaiting

    @Override
    public T await() throws InterruptedException {
        var self = current();
        if (hasEnded()) {
            self.checkpoint();
            return result();
        }
        var waiter = new TaskWaiter.Unpark(self);
        add(waiter);
        try {
            self.waitFor(this, Scheduler.NEVER);
        } catch (InterruptedException e) {
            request(new Request(reasonToStop(self, e)));
            self.join(this);
            suppressFailureInto(e);
            throw e;
        } finally {
            remove(waiter);
        }
        return result();
    }

    /** Waits without touching this task. @return false if {@code deadlineNanos} came first */
    boolean watch(Activity self, long deadlineNanos) throws InterruptedException {
        var waiter = new TaskWaiter.Unpark(self);
        add(waiter);
        try {
            return self.waitFor(this, deadlineNanos);
        } finally {
            remove(waiter);
        }
    }

    /** Why something is cancelled whose owner or awaiter has caught {@code e}. */
    static Cancellation reasonToStop(Activity self, InterruptedException e) {
        return e instanceof CancelledException cancelled
                ? cancelled.cancellation()
                : new Cancellation(
                        "interrupted",
                        self.describe(),
                        Deadline.ofNanos(self.scheduler().nanoTime()));
    }

    /** What failed here must not be lost although {@code thrown} goes before it. */
    void suppressFailureInto(Throwable thrown) {
        for (var failure : failures()) {
            Suppression.add(thrown, failure);
        }
    }

    /** The failure, or those that a cancelled task has met while it stopped. Counts as having looked. */
    List<Throwable> failures() {
        return switch (outcome) {
            case Failed(var exception) -> {
                observed = true;
                yield List.of(exception);
            }
            case Stopped(var cancellation, var exception) when exception != null -> List.of(exception.getSuppressed());
            case null, default -> List.of();
        };
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        watch(current(), Scheduler.NEVER);
        return resultAsFuture();
    }

    @Override
    public T get(long limit, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        var duration = java.time.Duration.of(limit, unit.toChronoUnit());
        var self = current();
        var deadline = Durations.deadline(self.scheduler(), duration);
        if (!watch(self, deadline)) {
            throw new DeadlineExceededException(
                    Deadline.ofNanos(deadline), "get(" + Durations.format(duration) + ") of " + describe());
        }
        return resultAsFuture();
    }

    private T resultAsFuture() throws ExecutionException {
        if (outcome instanceof Failed(var exception)) {
            observed = true;
            throw new ExecutionException(exception);
        }
        return result();
    }

    // ---- the outcome

    @Override
    public T result() {
        requireEnded();
        return switch (outcome) {
            case Failed(var exception) -> {
                observed = true;
                throw Sneaky.rethrow(exception);
            }
            case Stopped stopped -> throw awaitedCancelledException();
            case null, default -> value();
        };
    }

    @Override
    public @Nullable Throwable exception() {
        requireEnded();
        return switch (outcome) {
            case Failed(var exception) -> {
                observed = true;
                yield exception;
            }
            case Stopped stopped -> throw awaitedCancelledException();
            case null, default -> null;
        };
    }

    @Override
    public Outcome<T> outcome() {
        requireEnded();
        return switch (outcome) {
            case Failed(var exception) -> {
                observed = true;
                yield new Outcome.Failure<>(exception);
            }
            case Stopped(var cancellation, var exception) -> new Outcome.Cancelled<>(cancellation, exception);
            case null, default -> new Outcome.Success<>(value());
        };
    }

    @Override
    public T resultNow() {
        if (state() != State.SUCCESS) {
            throw new IllegalStateException(this + " has no result");
        }
        return value();
    }

    @Override
    public Throwable exceptionNow() {
        if (isDone() && outcome instanceof Failed(var exception)) {
            observed = true;
            return exception;
        }
        throw new IllegalStateException(this + " has not failed");
    }

    @Override
    public State state() {
        if (!hasEnded()) {
            return State.RUNNING;
        }
        return switch (outcome) {
            case Failed failed -> State.FAILED;
            case Stopped stopped -> State.CANCELLED;
            case null, default -> State.SUCCESS;
        };
    }

    @Override
    public boolean isDone() {
        return hasEnded();
    }

    @Override
    public boolean isCancelled() {
        return state() == State.CANCELLED;
    }

    /** Whether this has failed, or met failures while it stopped. */
    boolean hasHiddenFailure() {
        return outcome instanceof Failed
                || (outcome instanceof Stopped(var cancellation, var exception)
                        && exception != null
                        && exception.getSuppressed().length > 0);
    }

    /** Whether {@code cancellation} is the reason that this was cancelled for. */
    boolean wasStoppedBy(Cancellation reason) {
        return outcome instanceof Stopped(var cancellation, var exception) && cancellation == reason;
    }

    boolean hasSucceeded() {
        return hasEnded() && !(outcome instanceof Failed) && !(outcome instanceof Stopped);
    }

    /** What an awaiter of this task, which was cancelled, gets to see. */
    AwaitedCancelledException awaitedCancelledException() {
        if (outcome instanceof Stopped(var cancellation, var exception)) {
            return new AwaitedCancelledException(describe(), cancellation, exception);
        }
        throw new AssertionError(this + " was not cancelled");
    }

    /** The exception of a task that has failed, or null; looks at it without having looked. */
    @Nullable
    Throwable failureOrNull() {
        return hasEnded() && outcome instanceof Failed(var exception) ? exception : null;
    }

    boolean isObserved() {
        return observed;
    }

    void observe() {
        observed = true;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // neither Failed nor Stopped; null if its type says so
    private T value() {
        return (T) outcome;
    }

    private void requireEnded() {
        if (!hasEnded()) {
            throw new IllegalStateException(this + " has not ended: await it first");
        }
    }

    // ---- cancelling

    @Override
    public boolean cancel(@Nullable Object reason) {
        var asked = request(new Request(cancellationByCaller(reason)));
        if (!asked && outcome instanceof Failed) {
            observed = true;
        }
        return asked;
    }

    private Cancellation cancellationByCaller(@Nullable Object reason) {
        var caller = currentOrNull();
        var origin = caller == null ? "thread '" + Thread.currentThread().getName() + "'" : caller.describe();
        return new Cancellation(reason, origin, Deadline.ofNanos(scheduler().nanoTime()));
    }

    @Override
    void requestedBeforeStart() {
        owner.cancelledBeforeStart(this);
    }

    // ---- callbacks and futures

    @Override
    public Registration onDone(Consumer<? super Task<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        var waiter = new TaskWaiter.Callback(() -> callback.accept(this));
        if (!add(waiter)) {
            callBack(List.of(waiter));
        }
        return () -> remove(waiter);
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        observed = true;
        return TaskFuture.of(this);
    }

    // ---- description

    /** The children of the structured calls that this is in. */
    void forEachChild(Consumer<? super TaskImpl<?>> action) {
        for (var scope = scopes; scope != null; scope = scope.outer) {
            if (!scope.isClosed()) {
                scope.forEachChild(action);
            }
        }
    }

    Owner owner() {
        return owner;
    }

    @Override
    @Nullable
    RunScope runScope() {
        return run;
    }

    Problems problems() {
        return Problems.of(this);
    }

    @Override
    <R extends @Nullable Object, X extends Exception> R call(Body<R, X> block) throws X, InterruptedException {
        return block.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    String describe() {
        return "task '" + name + "'";
    }

    @Override
    public List<StackTraceElement> stackTrace(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative: " + limit);
        }
        var failure = failureOrNull();
        var thread = thread();
        if (failure != null) {
            return limited(failure.getStackTrace(), limit);
        }
        return thread == null || !hasBegun() || hasEnded() ? List.of() : limited(thread.getStackTrace(), limit);
    }

    @Override
    public List<StackTraceElement> creationTrace() {
        return creation == null ? List.of() : List.of(CreationSite.of(creation));
    }

    private static List<StackTraceElement> limited(StackTraceElement[] frames, int limit) {
        return List.of(Arrays.copyOf(frames, Math.min(limit, frames.length)));
    }

    @Override
    public String toString() {
        var text = new StringBuilder("<Task ");
        var requests = cancelling();
        if (!hasEnded()) {
            text.append(requests > 0 ? "cancelling" : "pending")
                    .append(" name=")
                    .append(name);
            var awaited = waitingFor();
            if (awaited instanceof TaskImpl<?> task) {
                text.append(" waiting for=").append(task.name());
            } else if (awaited != null) {
                text.append(" waiting for=").append(awaited);
            }
            var callbacks = callbacks();
            if (callbacks > 0) {
                text.append(" callbacks=").append(callbacks);
            }
        } else {
            switch (outcome) {
                case Failed(var exception) ->
                    text.append("failed name=")
                            .append(name)
                            .append(" exception=")
                            .append(exception);
                case Stopped stopped -> text.append("cancelled name=").append(name);
                case null, default ->
                    text.append("finished name=")
                            .append(name)
                            .append(" result=")
                            .append(outcome);
            }
        }
        return text.append('>').toString();
    }

    private int callbacks() {
        var now = lock();
        var count = 0;
        for (var waiter = firstWaiter; waiter != null; waiter = waiter.next) {
            count += waiter instanceof TaskWaiter.Callback ? 1 : 0;
        }
        unlock(now);
        return count;
    }
}
