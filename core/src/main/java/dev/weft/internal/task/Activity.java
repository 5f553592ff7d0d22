package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.CancelledException;
import dev.weft.TaskContext;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.AwaitCycleException;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cancellable} strand that waits, with a context and structured calls of its own: a task, or a
 * {@link CallerStrand}.
 */
public abstract class Activity extends Cancellable {

    private static final VarHandle WAITING_FOR = Fields.handle(MethodHandles.lookup(), "waitingFor", Object.class);

    static {
        Api.open();
        Cancellations.open();
        ProcessDefaults.open();
    }

    @SuppressWarnings("UnusedVariable") // by WAITING_FOR
    private @Nullable Object waitingFor;

    private @Nullable TaskContext context;

    /** Written by the own thread only. */
    private volatile boolean outside;

    /** What children inherit besides the task-locals. Own thread only. */
    @Nullable
    public InheritedContext inheritance;

    /** Made by the first timeout block, on the own thread. */
    private @Nullable Deadlines deadlines;

    /** Innermost open scope. Written by the own thread only. */
    public volatile @Nullable Scope scopes;

    /** A task that has not begun. */
    Activity(Scheduler scheduler) {
        super(scheduler);
    }

    /** A strand of the calling thread, which runs no task. */
    Activity(Thread thread) {
        super(ParallelScheduler.INSTANCE, thread);
    }

    /** The calling thread's activity: the task or block that it is in, or a new strand of its own. */
    public static Activity current() {
        var current = currentOrNull();
        return current == null ? new CallerStrand(Thread.currentThread()) : current;
    }

    /** The calling thread's activity, or null. */
    public static @Nullable Activity currentOrNull() {
        return boundToCallingThread() instanceof Activity current ? current : null;
    }

    /** The run that this belongs to, or null. */
    public abstract @Nullable RunContext runContext();

    @Override
    final boolean isDebug() {
        return RunContext.isDebugIn(runContext());
    }

    /** A call begins that this stands in until {@link #leaveCall}. Calls nest. Own thread only. */
    void enterCall() {}

    /** The innermost call ends. */
    void leaveCall() {}

    /** Runs a block on the calling thread so that the calls in it find this activity. */
    public abstract <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block)
            throws X, InterruptedException;

    /** Visits the structured calls that this is in, from the innermost outwards. */
    public final void forEachOpenScope(Consumer<? super Scope> action) {
        for (var scope = scopes; scope != null; scope = scope.outer) {
            if (!scope.isClosed()) {
                action.accept(scope);
            }
        }
    }

    // ---- context

    @Nullable
    public TaskContext context() {
        return context;
    }

    /** The context to write to. Own thread only. */
    public final TaskContext ownContext() {
        var own = context;
        if (own == null) {
            own = TaskContext.empty();
            context = own;
        }
        return own;
    }

    final void context(@Nullable TaskContext newContext) {
        context = newContext;
    }

    /** The deadline that comes first of those of the blocks that this is in, or null. */
    public final Deadlines.@Nullable First firstDeadline() {
        return firstDeadline(0);
    }

    /** {@link #firstDeadline()} of the blocks that are within {@code shields} shields of this. */
    public final Deadlines.@Nullable First firstDeadline(int shields) {
        var now = lock(); // who enters a block holds it after the field has been written
        try {
            return deadlines == null ? null : deadlines.first(shields);
        } finally {
            state = now;
        }
    }

    /** The timeout blocks. Own thread only. */
    public final Deadlines deadlines() {
        var own = deadlines;
        if (own == null) {
            own = new Deadlines(this);
            deadlines = own;
        }
        return own;
    }

    /** There will be no more timeout blocks. Own thread only. */
    final void closeDeadlines() {
        if (deadlines != null) {
            deadlines.close();
        }
    }

    // ---- waiting

    /**
     * Waits until {@code target} is ready. A cancellation point; a request goes before readiness.
     *
     * @return false if {@code deadlineNanos} has come before
     * @throws CancelledException for a request
     * @throws InterruptedException for an interrupt from elsewhere
     */
    public final boolean waitFor(Awaitable target, long deadlineNanos) throws InterruptedException {
        if (outside) {
            return backInside(() -> waitFor(target, deadlineNanos));
        }
        beginWait();
        var recorded = FlightEvents.beginWait(target);
        InterruptedException stopped;
        boolean ready;
        try {
            enterCall();
            publish(target);
            for (; ; ) {
                ready = target.isReady(); // first: what was asked before it became ready is then seen below
                stopped = stopped(Thread.interrupted());
                if (stopped != null || ready || hasPassed(deadlineNanos)) {
                    break;
                }
                scheduler().park(this, deadlineNanos);
            }
        } catch (Throwable e) {
            endWaitFor();
            throw e;
        }
        endWaitFor();
        if (recorded != null) {
            FlightEvents.endWait(recorded, this, target);
        }
        if (stopped != null) {
            throw stopped; // from outside of the try: an exception is dear where it is caught and thrown again
        }
        return ready;
    }

    private void publish(Awaitable target) {
        if (target.mayCloseCycle()) {
            announce(target);
        } else {
            WAITING_FOR.setRelease(this, target);
        }
    }

    /**
     * Says that this is about to wait for {@code target}, so that whoever closes a circle with that is refused. Own
     * thread only, until the wait or {@link #forgetAnnounced}.
     *
     * @throws AwaitCycleException if the wait would never end
     */
    public final void announce(Awaitable target) {
        WAITING_FOR.setVolatile(this, target);
        try {
            AwaitCycles.check(this, target);
        } catch (Throwable e) {
            forgetAnnounced();
            throw e;
        }
    }

    /** The wait that was announced has ended, or does not take place. */
    public final void forgetAnnounced() {
        WAITING_FOR.setOpaque(this, null);
    }

    private void endWaitFor() {
        WAITING_FOR.setOpaque(this, null);
        leaveCall();
        endWait();
    }

    /**
     * To be called before a wait that {@code last}, the task that this has started last, may end. If that is still
     * queued, perhaps on this core, it is its turn first: to yield once is cheaper than to be unparked, and spares the
     * end of the task the unpark.
     */
    public final void letBegin(@Nullable TaskImpl<?> last) {
        if (last != null && !last.hasBegun() && !outside && !scheduler().takesTurns()) {
            scheduler().yieldTurn(this);
        }
    }

    private boolean hasPassed(long deadlineNanos) {
        return deadlineNanos != Scheduler.NEVER && scheduler().nanoTime() >= deadlineNanos;
    }

    /** A cancellation point that does not wait, but lets others run. */
    public final void yieldTurn() throws InterruptedException {
        if (outside) {
            checkpoint();
            return;
        }
        beginWait();
        scheduler().yieldTurn(this);
        var stopped = stopped(Thread.interrupted());
        endWait();
        if (stopped != null) {
            throw stopped;
        }
    }

    private @Nullable InterruptedException stopped(boolean wasInterrupted) {
        var interrupted = notHeldBack(wasInterrupted);
        var cancelled = isPending() ? deliver(interrupted) : null;
        return cancelled == null && interrupted ? new InterruptedException() : cancelled;
    }

    /** Whether there was an interrupt from elsewhere that no shield holds back. */
    private boolean notHeldBack(boolean wasInterrupted) {
        return wasInterrupted && !holdInterruptBack();
    }

    @Override
    public final void waitUntil(Awaitable target) throws InterruptedException {
        waitFor(target, Scheduler.NEVER);
    }

    @Override
    public final void suppress(Throwable thrown, Collection<? extends Throwable> suppressed) {
        Suppression.addAll(thrown, suppressed);
    }

    @Override
    public final void closeAll(Collection<? extends AutoCloseable> dropped, @Nullable Throwable thrown) {
        ClosingRun.close(dropped, thrown);
    }

    @Override
    public final void joinUntil(Awaitable target) {
        join(target);
    }

    /** A cancellation point that does not wait. */
    @Override
    public final void checkpoint() throws InterruptedException {
        if (!isUndisturbed()) {
            beginWait();
            endWait();
        }
    }

    /**
     * Waits until {@code target} is ready, come what may. Requests and interrupts are kept for later; whoever makes one
     * now asks a second time, so it is also passed on to those that are joined.
     */
    public final void join(Awaitable target) {
        if (target.isReady()) {
            return;
        }
        if (outside) {
            enter();
            join(target);
            leave();
            return;
        }
        var interrupted = notHeldBack(beginJoin());
        enterCall();
        var recorded = FlightEvents.beginWait(target);
        WAITING_FOR.setRelease(this, target);
        var interruptedNow = interrupted;
        while (!target.isReady()) {
            passOnWhileJoining(target, interruptedNow);
            scheduler().park(this, Scheduler.NEVER);
            interruptedNow = notHeldBack(Thread.interrupted());
            interrupted |= interruptedNow;
        }
        WAITING_FOR.setOpaque(this, null);
        leaveCall();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        endWait();
        if (recorded != null) {
            FlightEvents.endWait(recorded, this, target);
        }
    }

    /**
     * As {@link #join}, but an interrupt ends it. Not for blocks: what is to stop those is kept for later.
     *
     * @return false if there was an interrupt before {@code target} was ready
     */
    public final boolean joinUnlessInterrupted(Awaitable target) {
        var interrupted = notHeldBack(beginJoin());
        enterCall();
        WAITING_FOR.setRelease(this, target);
        while (!interrupted && !target.isReady()) {
            scheduler().park(this, Scheduler.NEVER);
            interrupted = notHeldBack(Thread.interrupted());
        }
        WAITING_FOR.setOpaque(this, null);
        leaveCall();
        var ready = target.isReady();
        if (interrupted && ready) {
            Thread.currentThread().interrupt();
        }
        endWait();
        return ready;
    }

    @Override
    public final @Nullable Object waitingFor() {
        return WAITING_FOR.getVolatile(this);
    }

    @Override
    public final List<Strand> awaited() {
        var awaited = new ArrayList<Strand>();
        if (waitingFor() instanceof Awaitable target) {
            target.forEachAwaited(awaited::add);
        }
        return awaited;
    }

    // ---- outside

    /** Whether this has given its turn away. */
    @Override
    public final boolean isOutside() {
        return outside;
    }

    /** Gives the turn away until {@link #enter}. */
    public final void leave() {
        outside = true;
        scheduler().leave(this);
    }

    public final void enter() {
        awaitSender(); // as long as nobody else has to wait for it
        scheduler().enter(this);
        outside = false;
    }

    /** A wait takes part in the turns also within {@code blocking}. */
    private <T> T backInside(Body<T, RuntimeException> wait) throws InterruptedException {
        enter();
        try {
            return wait.run();
        } finally {
            leave();
        }
    }
}
