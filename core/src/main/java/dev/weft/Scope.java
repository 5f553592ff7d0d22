package dev.weft;

import dev.weft.runtime.StackReserve;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A structured call that is open: it stands on its activity's thread, and owns children. */
abstract class Scope implements Owner, CancellationWatch.Stopping {

    final Activity parent;

    volatile @Nullable Scope outer;

    private volatile boolean closed;

    /** On its runtime's clock; read once for all children that are started at once. */
    final long openedNanos;

    /** Given when somebody first looks at it. Guarded by the class. */
    private long id;

    Scope(Activity parent) {
        StackReserve.forConstruct();
        this.parent = parent;
        this.openedNanos = parent.scheduler().nanoTime();
    }

    @Override
    public final Activity parent() {
        return parent;
    }

    /** The calling thread's activity; a guest that has opened this is one and the same in all calls that concern it. */
    final Activity self() {
        var current = Activity.currentOrNull();
        if (current != null) {
            return current;
        }
        return parent.thread() == Thread.currentThread() ? parent : Activity.current();
    }

    /** Own thread of the parent only. */
    final void open() {
        entered();
        outer = firstOpen(parent.scopes);
        parent.scopes = this;
    }

    /** For a scope that may be closed out of turn, or by another thread: it is forgotten later. */
    final void markClosed() {
        closed = true;
    }

    /** Own thread of the parent only. */
    final void closeScope() {
        closed = true;
        if (parent.scopes == this && parent.thread() == Thread.currentThread()) {
            parent.scopes = firstOpen(outer);
        }
        left();
    }

    /** This is open: its children are found by its activity, if that is. */
    void entered() {
        parent.enterCall();
    }

    void left() {
        parent.leaveCall();
    }

    /** The children that are known now; some may have ended. */
    abstract void forEachChild(Consumer<? super TaskImpl<?>> action);

    /** Asks a child to stop that was started while or after all others were asked: it is watched by itself. */
    static void stopLate(TaskImpl<?> child, Cancellation reason) {
        child.request(new Request(reason));
    }

    /** Asks all children that are known to stop, and has them watched from then on. */
    final void stopChildren(Cancellation reason) {
        FlightLog.cancelled(parent, true, reason);
        var interrupter = new Interrupter();
        forEachChild(child -> child.request(Request.ofMany(reason), interrupter));
        CancellationWatch.of(parent).add(this, parent.scheduler());
        interrupter.sendAll();
    }

    @Override
    public final boolean isOver() {
        return closed;
    }

    @Override
    public final void forEachStopping(Consumer<? super TaskImpl<?>> action) {
        forEachChild(action);
    }

    final long id() {
        synchronized (Scope.class) {
            if (id == 0) {
                id = DumpNode.nextCallId();
            }
            return id;
        }
    }

    /** What it is, in words, at no cost that grows with its children. */
    String title() {
        return toString();
    }

    /** Why its children are to stop; null as long as they are not. */
    abstract @Nullable Cancellation stopReason();

    /** The time limit to the whole, or null. */
    Deadlines.@Nullable First limit() {
        return null;
    }

    /** Ends what is left open when the activity itself ends. */
    void abandon() {}

    private static @Nullable Scope firstOpen(@Nullable Scope innermost) {
        var scope = innermost;
        while (scope != null && scope.closed) {
            scope = scope.outer;
        }
        return scope;
    }

    final boolean isClosed() {
        return closed;
    }
}
