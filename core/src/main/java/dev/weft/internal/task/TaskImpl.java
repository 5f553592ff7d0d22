package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.VoidBody;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Bodies;
import dev.weft.internal.failure.CreationSite;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.SharedThreads;
import dev.weft.internal.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task, on a virtual thread that is its own or shared. Its states are the modes of {@link StateWord}. */
public final class TaskImpl<T extends @Nullable Object> extends AwaitedTask<T> {

    private static final VarHandle STOPPED = Fields.handle(MethodHandles.lookup(), "stopped", boolean.class);

    static {
        Ending.open();
        TaskCallbacks.open();
    }

    private final Owner owner;
    private final @Nullable RunContext run;

    /** As it was given; null if it was not: then the number tells it, and a task kept for its result is smaller. */
    private final @Nullable String name;

    private final @Nullable Throwable creation;
    /** The body until this ends, a {@link VoidBody} without its wrapping; null afterwards. */
    private @Nullable Object body;

    /** Written by whoever starts this, before the end; read by its owner afterwards. */
    public boolean started;

    /** It has been reported that this ignores cancellation. Only for the {@link CancellationWatch} of the run. */
    private boolean reported;

    /** The owner waits for this end. Guarded by the lock. */
    private boolean countedIn;

    /** The call that owns this has asked it to stop. */
    @SuppressWarnings("UnusedVariable") // by STOPPED
    private volatile boolean stopped;

    /** On its runtime's clock. Tasks that one call makes at once have one time. */
    private final long createdNanos;

    /** Links of the list of its owner's that this stands in, guarded by it. */
    @Nullable
    public TaskImpl<?> livePrevious;

    @Nullable
    public TaskImpl<?> liveNext;

    /** Where its owner keeps this. Differs from task to task at first. */
    public int place;

    /** Unsigned; the name says the same where none was given. */
    private final int number;

    /** A task that {@code creator}, the calling thread's strand, makes: on its runtime and in its run. */
    public TaskImpl(StructuredStrand creator, Owner owner, long createdNanos, int number, Body<T, ?> body) {
        this(
                creator.scheduler(),
                creator.runContext(),
                creator,
                owner,
                createdNanos,
                number,
                TaskOptions.defaults(),
                body);
    }

    /** @param number one of {@link TaskNumbers} */
    public TaskImpl(
            Scheduler scheduler,
            @Nullable RunContext run,
            StructuredStrand creator,
            Owner owner,
            long createdNanos,
            int number,
            TaskOptions options,
            Body<T, ?> body) {
        super(scheduler);
        StackReserve.forConstruct();
        this.number = number;
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
        this.creation = RunContext.isDebugIn(run) ? new Throwable() : null;
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
        start(null);
    }

    /** {@link #start()}, on one of {@code threads} if there are any, which know this by its {@link #place}. */
    public void start(@Nullable SharedThreads threads) {
        started = true;
        try {
            if (threads == null) {
                scheduler().start(this);
            } else {
                threads.start(place);
            }
        } catch (Throwable e) {
            cannotStart(e);
        }
    }

    /** Starts this and comes back when it waits for the first time, if {@code creator} is on the same runtime. */
    public void startEagerly(StructuredStrand creator) {
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
        if (claimUnstarted()) {
            finishUnstarted(Ending.failed(why));
        }
    }

    /**
     * Few frames stand under the body: each costs a sleeping task memory, and a cancelled one time. Whatever fails, the
     * end is published, and all who wait for it are told.
     */
    @Override
    protected void live() {
        if (!scheduler().begun(this)) {
            return;
        }
        var begin = begin();
        if (begin == Begin.TAKEN) {
            scheduler().exit(this);
            return; // its start counts as failed: another thread has ended it
        }
        if (begin == Begin.RUN) {
            TaskSpan span = null;
            var work = body;
            Object ended = null;
            try {
                span = TaskSpan.isWanted(run) ? TaskSpan.begin(this) : null;
                if (inheritance != null) {
                    ended = inheritance.call(Bodies.wrapped(work));
                } else if (work instanceof Body<?, ?> with) {
                    ended = with.run();
                } else if (work instanceof VoidBody<?> without) {
                    without.execute();
                }
                if (endsBeforeOwnRequestIsDelivered()) {
                    ended = Ending.Cancelled.of(this, null);
                }
            } catch (Throwable e) {
                ended = Ending.by(this, e);
            }
            beforeEnd(span, ended);
            finish(ended);
        } else {
            finishUnstarted(Ending.cancelledBeforeBegin(this));
        }
        forgetThread();
        scheduler().exit(this);
    }

    private void beforeEnd(@Nullable TaskSpan span, @Nullable Object ended) {
        try {
            Scope.abandonOpen(scopes);
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        Problems.reportIfHidden(this);
        if (span != null) {
            try {
                span.end(ended);
            } catch (Throwable e) {
                Problems.internal(this, e);
            }
        }
    }

    /** Ends this as cancelled although it was never started. Only for who keeps it from being started. */
    public void endUnstarted() {
        finishUnstarted(Ending.cancelledBeforeBegin(this));
    }

    private void finishUnstarted(Ending ending) {
        TaskSpan.neverStarted(this, ending);
        finish(ending);
    }

    private void finish(@Nullable Object newEnd) {
        endWith(newEnd);
        body = null;
        try {
            closeDeadlines();
        } catch (Throwable e) {
            Problems.internal(this, e);
        }
        endStrand();
        if (Thread.currentThread() == thread()) {
            Thread.interrupted(); // it was meant for this task, not for what is called back now
        }
        var told = takeWaiters();
        var waitingRun = told != null && told.countCallbacks() > 0 ? run : null;
        if (waitingRun != null) {
            waitingRun.holdOpen(); // before the owner is told, which may be what ends the run
        }
        tellOwner();
        if (told != null) {
            var callbacks = told.tell(this);
            if (callbacks != null) {
                TaskCallbacks.call(this, callbacks, waitingRun);
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

    // ---- cancelling

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
        var asked = request(Request.byCaller(this, reason));
        if (!asked) {
            observe();
        }
        return asked;
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

    // ---- who it is

    /** Tells it from the tasks of this process that were made before it, and from the next four billion. */
    public long number() {
        return Integer.toUnsignedLong(number);
    }

    @Override
    public String callName() {
        return owner.callName();
    }

    @Override
    public boolean isNamed() {
        return name != null && (run == null || !run.isMain(this));
    }

    public long createdNanos() {
        return createdNanos;
    }

    public Owner owner() {
        return owner;
    }

    @Override
    public @Nullable StructuredStrand parent() {
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
        return name == null ? "Task-" + number() : name;
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
