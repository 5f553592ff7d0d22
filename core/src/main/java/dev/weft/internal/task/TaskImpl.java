package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Problem;
import dev.weft.Registration;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.VoidBody;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task, on a virtual thread of its own. Its states are those of {@link Activity}. */
public final class TaskImpl<T extends @Nullable Object> extends TaskEnd<T> implements Awaitable {

    private static final AtomicLong COUNT = new AtomicLong();

    private static final VarHandle STOPPED = Fields.handle(MethodHandles.lookup(), "stopped", boolean.class);

    private final Owner owner;
    private final @Nullable RunContext run;

    /** As it was given; null if it was not: then the number tells it, and a task kept for its result is smaller. */
    private final @Nullable String name;

    private final @Nullable Throwable creation;
    /** The body until this ends, a {@link VoidBody} without its wrapping; null afterwards. */
    private @Nullable Object body;

    /** Written by who starts this, before the end. */
    private boolean started;

    /** It has been reported that this ignores cancellation. Only for the {@link CancellationWatch} of the run. */
    private boolean reported;

    /** The owner waits for this end. Guarded by the lock. */
    private boolean countedIn;

    /** The call that owns this has asked it to stop. */
    @SuppressWarnings("UnusedVariable") // by STOPPED
    private volatile boolean stopped;

    private @Nullable TaskWaiters waiters;

    /** On its runtime's clock. What one call makes at once has one time. */
    private final long createdNanos;

    /** Links of the list of its owner's that this stands in, guarded by it. */
    @Nullable
    TaskImpl<?> livePrevious;

    @Nullable
    public TaskImpl<?> liveNext;

    /** Where its owner keeps this. Differs from task to task at first. */
    public int place;

    /** Unsigned; the name says the same where none was given. */
    private final int number;

    /** A wait for a task that ends by itself, so that it closes no cycle. */
    private record Watch(TaskImpl<?> task) implements Awaitable {
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

    /** A task that {@code creator}, the calling thread's activity, makes: on its runtime and in its run. */
    public TaskImpl(Activity creator, Owner owner, long createdNanos, Body<T, ?> body) {
        this(creator.scheduler(), creator.runContext(), creator, owner, createdNanos, TaskOptions.defaults(), body);
    }

    public TaskImpl(
            Scheduler scheduler,
            @Nullable RunContext run,
            Activity creator,
            Owner owner,
            long createdNanos,
            TaskOptions options,
            Body<T, ?> body) {
        super(scheduler);
        StackReserve.forConstruct();
        this.number = (int) COUNT.incrementAndGet();
        this.place = number;
        this.createdNanos = createdNanos;
        this.run = run;
        this.owner = owner;
        this.body = Bodies.unwrapped(body);
        this.name = Api.name(options);
        var givenContext = Api.context(options);
        var creatorsContext = creator.context();
        context(givenContext != null || creatorsContext == null ? givenContext : Api.copy(creatorsContext));
        this.inheritance = InheritedContext.capture(creator.inheritance);
        this.creation = run != null && run.isDebug() ? new Throwable() : null;
    }

    /** The calling thread's task, or null. */
    public static @Nullable TaskImpl<?> currentTaskOrNull() {
        return currentOrNull() instanceof TaskImpl<?> task ? task : null;
    }

    /** {@code task}, which can be of no other class. */
    public static <T extends @Nullable Object> TaskImpl<T> of(Task<T> task) {
        return switch (task) {
            case TaskImpl<T> impl -> impl;
        };
    }

    // ---- life

    /** Starts this on its runtime. If that cannot be done, this fails with the reason. */
    public void start() {
        started = true;
        try {
            scheduler().start(this);
        } catch (Throwable e) {
            cannotStart(e);
        }
    }

    /** Starts this and comes back when it waits for the first time, if {@code creator} is on the same runtime. */
    public void startEagerly(Activity creator) {
        if (creator.scheduler() == scheduler() && !creator.isOutside()) {
            started = true;
            try {
                scheduler().startEagerly(creator, this);
            } catch (Throwable e) {
                cannotStart(e);
            }
        } else {
            start();
        }
    }

    @Override
    public void cannotStart(Throwable why) {
        if (!hasBegun()) {
            finishUnstarted(failed(why));
        }
    }

    /**
     * Few frames stand under the body: each costs a sleeping task memory, and a cancelled one time. Whatever fails, the
     * end is published, and all who wait for it are told.
     */
    @Override
    protected void live() {
        scheduler().begun(this);
        if (begin()) {
            Observation observation = null;
            var work = body;
            Object ended = null;
            try {
                observation = Observation.isWanted(run) ? Observation.begin(this) : null;
                if (inheritance != null) {
                    ended = inheritance.call(Bodies.wrapped(work));
                } else if (work instanceof Body<?, ?> with) {
                    ended = with.run();
                } else if (work instanceof VoidBody<?> without) {
                    without.execute();
                }
                if (endsBeforeOwnRequestIsDelivered()) {
                    ended = new Ending.Cancelled(reason(null), null);
                }
            } catch (Throwable e) {
                ended = endingBy(e);
            }
            beforeEnd(observation, ended);
            finish(ended);
        } else {
            finishUnstarted(cancelledBeforeBegin());
        }
        forgetThread();
        scheduler().exit(this);
    }

    /** How this ends by {@code thrown}: as failed with it, if it cannot be found out whether it was cancelled. */
    private Ending endingBy(Throwable thrown) {
        try {
            return wasCancelledBy(thrown) ? new Ending.Cancelled(reason(thrown), thrown) : new Ending.Failed(thrown);
        } catch (Throwable e) {
            return failed(thrown);
        }
    }

    private static Ending failed(Throwable thrown) {
        try {
            return new Ending.Failed(thrown);
        } catch (OutOfMemoryError e) {
            return Ending.Failed.WITHOUT_MEMORY;
        }
    }

    private Ending cancelledBeforeBegin() {
        try {
            return new Ending.Cancelled(reason(null), null);
        } catch (Throwable e) {
            return failed(e);
        }
    }

    private void beforeEnd(@Nullable Observation observation, @Nullable Object ended) {
        try {
            abandonScopes();
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        try {
            reportIfHidden();
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        if (observation != null) {
            try {
                observation.end(ended);
            } catch (Throwable e) {
                Problems.internal(this, e);
            }
        }
    }

    /** Whether this was started. Only for its owner, when it has ended. */
    public boolean wasStarted() {
        return started;
    }

    /** Ends this as cancelled although it was never started. Only for who keeps it from being started. */
    public void endUnstarted() {
        finishUnstarted(cancelledBeforeBegin());
    }

    private void finishUnstarted(Ending ending) {
        try {
            if (Observation.isWanted(run)) {
                Observation.neverStarted(this, ending);
            }
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        finish(ending);
    }

    /** The thread's handler is how its task is found: without it Weft's calls took the body for a stranger. */
    private void reportIfHidden() {
        var thread = thread();
        if (thread != null && thread.getUncaughtExceptionHandler() != this) {
            Problems.of(this)
                    .report(
                            Problem.Kind.REPLACED_HANDLER,
                            "the body of " + describe()
                                    + " has replaced the uncaught exception handler of its thread by "
                                    + thread.getUncaughtExceptionHandler()
                                    + ": Weft's calls that followed took place outside of the task",
                            this,
                            null);
        }
    }

    private void abandonScopes() {
        for (var scope = scopes; scope != null; scope = scope.outer) {
            scope.abandon();
        }
    }

    /** By who asked, not by type; but these two are only made for who is, or has awaited something that was. */
    private boolean wasCancelledBy(Throwable thrown) {
        return thrown instanceof CancelledException
                || thrown instanceof AwaitedCancelledException
                || (cancelling() > 0 && Interrupts.isSurface(thrown));
    }

    private Cancellation reason(@Nullable Throwable thrown) {
        var asked = cancellation();
        if (asked != null) {
            return asked;
        }
        if (thrown instanceof CancelledException cancelled) {
            return cancelled.cancellation();
        }
        if (thrown instanceof AwaitedCancelledException awaited && awaited.cancellation() != null) {
            return awaited.cancellation();
        }
        return new Cancellation(
                thrown == null ? null : Foreign.message(thrown),
                describe(),
                Api.deadline(scheduler().nanoTime()));
    }

    private void finish(@Nullable Object newEnd) {
        endWith(newEnd);
        body = null;
        try {
            closeDeadlines();
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        endActivity();
        if (Thread.currentThread() == thread()) {
            Thread.interrupted(); // it was meant for this task, not for what is called back now
        }
        var told = waiters;
        waiters = null;
        var waitingRun = told != null && told.countCallbacks() > 0 ? run : null;
        if (waitingRun != null) {
            waitingRun.holdOpen(); // before the owner is told, which may be what ends the run
        }
        tellOwner();
        if (told != null) {
            var callbacks = told.tell(this);
            if (callbacks != null) {
                callBack(callbacks, waitingRun);
            }
        }
    }

    private void tellOwner() {
        if (scheduler().takesTurns()) {
            try {
                scheduler().soon(this::tellOwnerNow);
                return;
            } catch (Throwable e) {
                // at once, then: the order counts less than that it comes
            }
        }
        tellOwnerNow();
    }

    private void tellOwnerNow() {
        try {
            owner.ended(this);
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
    }

    /**
     * @param first linked to the others
     * @param waitingRun the run that does not end before the callbacks have
     */
    private void callBack(TaskWaiter.Callback first, @Nullable RunContext waitingRun) {
        if (Thread.currentThread() == thread() && !scheduler().takesTurns()) {
            callBackHere(first, waitingRun);
            return;
        }
        try {
            Callback.start(this, "callback", () -> callBackHere(first, waitingRun));
        } catch (Throwable e) {
            callBackHere(first, waitingRun); // for want of memory: in no turn of its own, then
        }
    }

    private void callBackHere(TaskWaiter.Callback first, @Nullable RunContext waitingRun) {
        try {
            for (TaskWaiter waiter = first; waiter != null; waiter = waiter.next) {
                try {
                    ((TaskWaiter.Callback) waiter).action.run();
                } catch (Throwable e) {
                    Problems.of(this).callbackFailed(this, e);
                }
                Thread.interrupted(); // the next one begins with a clear status, too
            }
        } finally {
            letGo(waitingRun);
        }
    }

    private static void letGo(@Nullable RunContext waitingRun) {
        if (waitingRun != null) {
            waitingRun.letGo();
        }
    }

    // ---- waiters

    /** Has {@code waiter} told of the end; false if this has ended already, and it will not be. */
    public boolean add(TaskWaiter waiter) {
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
    public boolean remove(TaskWaiter waiter) {
        var now = lock();
        try {
            return !isDone(now) && waiters != null && waiters.remove(waiter);
        } finally {
            state = now;
        }
    }

    /** Has the owner wait for the end; false if this has ended already, and {@link Owner#ended} may not have come. */
    public boolean countIn() {
        if (hasEnded()) {
            return false;
        }
        var now = lock();
        try {
            var ended = isDone(now);
            countedIn = !ended;
            return !ended;
        } finally {
            state = now;
        }
    }

    /** Only of a task that has ended. */
    public boolean isCountedIn() {
        return countedIn;
    }

    int countCallbacks() {
        var now = lock();
        try {
            return isDone(now) || waiters == null ? 0 : waiters.countCallbacks();
        } finally {
            state = now;
        }
    }

    @Override
    public boolean isReady() {
        return hasEnded();
    }

    @Override
    public boolean mayCloseCycle() {
        return true;
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        action.accept(this);
    }

    @Override
    public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachAwaited(action);
    }

    // ---- awaiting

    @Override
    public T await() throws InterruptedException {
        var self = current();
        self.letBegin(this);
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

    /** What an awaiter throws who was stopped while it waited: this task's failure, and then it is told again. */
    public InterruptedException afterJoin(Activity self, int mark, InterruptedException stopped) {
        var failure = failureOrNull();
        if (failure == null) {
            Suppression.addAll(stopped, failures());
            return stopped;
        }
        observe();
        self.tellAgain(stopped, mark);
        throw Sneaky.rethrow(failure);
    }

    /** Waits without touching this task; false if {@code deadlineNanos} came first. */
    public boolean watch(Activity self, long deadlineNanos) throws InterruptedException {
        var waiter = new TaskWaiter.Unpark(self);
        add(waiter);
        try {
            return self.waitFor(deadlineNanos == Scheduler.NEVER ? this : new Watch(this), deadlineNanos);
        } finally {
            remove(waiter);
        }
    }

    /** Why something is cancelled whose owner or awaiter has caught {@code e}. */
    public static Cancellation reasonToStop(Activity self, InterruptedException e) {
        return e instanceof CancelledException cancelled
                ? cancelled.cancellation()
                : new Cancellation(
                        "interrupted",
                        self.describe(),
                        Api.deadline(self.scheduler().nanoTime()));
    }

    // ---- as a Future

    @Override
    public T get() throws InterruptedException, ExecutionException {
        watch(current(), Scheduler.NEVER);
        return resultForFuture();
    }

    @Override
    public T get(long limit, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        var duration = Duration.ofNanos(unit.toNanos(limit));
        var self = current();
        var deadline = Durations.deadline(self.scheduler(), duration);
        if (!watch(self, deadline)) {
            throw Api.exceeded(Api.deadline(deadline), "get(" + Durations.format(duration) + ") of " + describe());
        }
        return resultForFuture();
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        observe();
        return TaskFuture.of(this);
    }

    // ---- cancelling and callbacks

    /** Whether it is yet to be reported that this ignores cancellation; true once. */
    boolean isFirstReport() {
        var first = !reported;
        reported = true;
        return first;
    }

    /** Whether the call that owns this may ask it to stop: true once, whoever comes first. */
    boolean isFirstStop() {
        return STOPPED.compareAndSet(this, false, true);
    }

    @Override
    public boolean cancel(@Nullable Object reason) {
        var asked = request(new Request(cancellationByCaller(reason)));
        if (!asked) {
            observe();
        }
        return asked;
    }

    private Cancellation cancellationByCaller(@Nullable Object reason) {
        var caller = current();
        var origin = caller.describe();
        if (caller != this && origin.equals(describe())) {
            origin = "another " + origin;
        }
        return new Cancellation(reason, origin, Api.deadline(scheduler().nanoTime()));
    }

    @Override
    void requestedBeforeStart() {
        owner.cancelledBeforeStart(this);
    }

    @Override
    void requested(Request request) {
        FlightEvents.cancelled(this, false, request.cancellation);
        CancellationWatch.of(this).requested(this, request);
    }

    @Override
    public Registration onDone(Consumer<? super Task<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        var waiter = new TaskWaiter.Callback(() -> callback.accept(this));
        if (!add(waiter)) {
            var waitingRun = run == null || run.isReady() ? null : run;
            if (waitingRun != null) {
                waitingRun.holdOpen();
            }
            callBack(waiter, waitingRun);
        }
        return () -> remove(waiter);
    }

    // ---- who it is

    /** Tells it from the tasks of this process that were made before it, and from the next four billion. */
    public long number() {
        return Integer.toUnsignedLong(number);
    }

    public long createdNanos() {
        return createdNanos;
    }

    public Owner owner() {
        return owner;
    }

    @Override
    public @Nullable Activity parent() {
        return owner.parent();
    }

    @Override
    @Nullable
    public RunContext runContext() {
        return run;
    }

    /** Visits the children of the structured calls that this is in. */
    public void forEachChild(Consumer<? super TaskImpl<?>> action) {
        forEachOpenScope(scope -> scope.forEachChild(action));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R call(Body<R, X> block) throws X, InterruptedException {
        return block.run();
    }

    @Override
    public String name() {
        return name == null ? TaskNames.of(number()) : name;
    }

    @Override
    public String describe() {
        return "task '" + name() + "'";
    }

    @Override
    public List<StackTraceElement> stackTrace(int limit) {
        return TaskText.stackTrace(this, limit);
    }

    @Override
    public List<StackTraceElement> creationTrace() {
        return creation == null ? List.of() : List.of(CreationSite.of(creation));
    }

    @Override
    public String toString() {
        return TaskText.of(this);
    }
}
