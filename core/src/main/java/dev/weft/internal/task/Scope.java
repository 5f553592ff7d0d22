package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A structured call that is open: it stands on its strand's thread, and owns children. */
public abstract class Scope implements Owner, CancellationWatch.Stopping {

    /** Of calls and runs: above every task's number, which is its id. */
    public static final long FIRST_ID = 1_000_000_000_000L;

    private static final AtomicLong LAST_ID = new AtomicLong(FIRST_ID);

    private static final VarHandle STOP = Fields.handle(MethodHandles.lookup(), "stop", Stop.class);

    /** That all are to stop, and which task's end decided it, if one did. */
    public record Stop(Cancellation reason, @Nullable TaskImpl<?> by) {}

    public final StructuredStrand parent;

    volatile @Nullable Scope outer;

    private volatile boolean closed;

    /** The number of shields that this is in. */
    public final int shields;

    /** On its runtime's clock; read once for all children that are started at once. */
    public final long openedNanos;

    /** Set once, by {@link #stopOnce}. */
    @SuppressWarnings("UnusedVariable") // by STOP too
    private volatile @Nullable Stop stop;

    /** Given when somebody first looks at it. Guarded by the class. */
    private long id;

    public Scope(StructuredStrand parent) {
        StackReserve.forConstruct();
        this.parent = parent;
        this.shields = parent.shields();
        this.openedNanos = parent.scheduler().nanoTime();
    }

    @Override
    public final StructuredStrand parent() {
        return parent;
    }

    /** The calling thread's strand; a thread that runs no task keeps the strand that has opened this. */
    public final StructuredStrand self() {
        var current = StructuredStrand.currentOrNull();
        if (current != null) {
            return current;
        }
        return parent.thread() == Thread.currentThread() ? parent : StructuredStrand.current();
    }

    /** Own thread of the parent only. */
    protected final void open() {
        entered();
        outer = firstOpen(parent.scopes);
        parent.scopes = this;
    }

    /** For a scope that may be closed out of turn, or by another thread: it is forgotten later. */
    protected final void markClosed() {
        closed = true;
    }

    /** Own thread of the parent only. */
    protected final void closeScope() {
        closed = true;
        if (parent.scopes == this && parent.thread() == Thread.currentThread()) {
            parent.scopes = firstOpen(outer);
        }
        left();
    }

    /** This is open: its children are found by its strand, if that is. */
    protected void entered() {
        parent.enterCall();
    }

    protected void left() {
        parent.leaveCall();
    }

    /** The children that are known now; some may have ended. */
    public abstract void forEachChild(Consumer<? super TaskImpl<?>> action);

    /**
     * Asks all tasks of this that are known to stop, unless that was done before, and has them watched from then on. A
     * caller that makes one known afterwards must call {@link #stopIfLate}: between the two each task is asked, and no
     * child twice.
     *
     * @param by the task whose end decided it, if one did
     * @return whether this was the first call
     */
    public final boolean stopOnce(Cancellation reason, @Nullable TaskImpl<?> by) {
        if (isStopping() || !STOP.compareAndSet(this, null, Memory.insist(reason, by, Stop::new))) {
            return false;
        }
        beginStop();
        Memory.insistOn(this, reason, Scope::stopAll);
        CancellationWatch.of(parent).add(this, parent.scheduler());
        return true;
    }

    private void stopAll(Cancellation reason) {
        FlightEvents.cancelled(parent, true, reason);
        Interrupter.askMany(interrupter -> {
            forEachChild(child -> {
                var request = Request.ofMany(reason);
                if (child.isFirstStop()) {
                    child.request(request, interrupter);
                }
            });
            forEachGiven(task -> task.request(new Request(reason), interrupter));
        });
    }

    /**
     * Asks a child to stop that has become known while all others were asked, or afterwards: it is watched by itself.
     */
    protected final void stopIfLate(TaskImpl<?> child) {
        var decided = stop;
        if (decided != null && child.isFirstStop()) {
            child.request(Memory.insist(decided.reason, Request::new));
        }
    }

    /** Whether all are to stop. */
    protected final boolean isStopping() {
        return stop != null;
    }

    /** That all are to stop; null as long as they are not. */
    protected final @Nullable Stop stop() {
        return stop;
    }

    /** Why all are to stop; null as long as they are not. */
    public final @Nullable Cancellation stopReason() {
        var decided = stop;
        return decided == null ? null : decided.reason;
    }

    /** All are to stop, and none has been asked yet. */
    protected void beginStop() {}

    /** The tasks of others that stop with the children, each once. */
    protected void forEachGiven(Consumer<? super TaskImpl<?>> action) {}

    @Override
    public final boolean isOver() {
        return closed;
    }

    @Override
    public final void forEachStopping(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    public final long id() {
        synchronized (Scope.class) {
            if (id == 0) {
                id = nextId();
            }
            return id;
        }
    }

    /** The next one for a call or run that somebody looks at for the first time. */
    public static long nextId() {
        return LAST_ID.incrementAndGet();
    }

    /** A description, at a cost that does not grow with the children. */
    public String title() {
        return toString();
    }

    /** The time limit to the whole, or null. */
    public Deadlines.@Nullable First limit() {
        return null;
    }

    /** Ends what is left open when the strand itself ends. */
    protected void abandon() {}

    /** Ends what a strand leaves open when it ends, from the innermost outwards. */
    static void abandonOpen(@Nullable Scope innermost) {
        for (var scope = innermost; scope != null; scope = scope.outer) {
            scope.abandon();
        }
    }

    private static @Nullable Scope firstOpen(@Nullable Scope innermost) {
        var scope = innermost;
        while (scope != null && scope.closed) {
            scope = scope.outer;
        }
        return scope;
    }

    public final boolean isClosed() {
        return closed;
    }
}
