package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.TaskContext;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Scheduler;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A strand with a context and structured calls of its own: a task, or a {@link CallerStrand}. How it waits is
 * {@link ParkingStrand}'s part.
 */
public abstract class StructuredStrand extends ParkingStrand {

    static {
        Api.open();
        Cancellations.open();
        ProcessDefaults.open();
    }

    private @Nullable TaskContext context;

    /** The context that children inherit besides the task-locals. Own thread only. */
    @Nullable
    public InheritedContext inheritance;

    /** Made by the first timeout block, on the own thread. */
    private @Nullable Deadlines deadlines;

    /** Innermost open scope. Written by the own thread only. */
    public volatile @Nullable Scope scopes;

    /** A task that has not begun. */
    StructuredStrand(Scheduler scheduler) {
        super(scheduler);
    }

    /** A strand of the calling thread, which runs no task. */
    StructuredStrand(Thread thread) {
        super(ParallelScheduler.INSTANCE, thread);
    }

    /** The calling thread's strand: the task or block that it is in, or a new strand of its own. */
    public static StructuredStrand current() {
        var current = currentOrNull();
        return current == null ? new CallerStrand(Thread.currentThread()) : current;
    }

    /** The calling thread's strand, or null. */
    public static @Nullable StructuredStrand currentOrNull() {
        return boundToCallingThread() instanceof StructuredStrand current ? current : null;
    }

    /** The run that this belongs to, or null. */
    public abstract @Nullable RunContext runContext();

    @Override
    final boolean isDebug() {
        return RunContext.isDebugIn(runContext());
    }

    /** Runs a block on the calling thread so that the calls in it find this strand. */
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

    // ---- what its calls drop

    @Override
    public final void suppress(Throwable thrown, Collection<? extends Throwable> suppressed) {
        Suppression.addAll(thrown, suppressed);
    }

    @Override
    public final void closeAll(Collection<? extends AutoCloseable> dropped, @Nullable Throwable thrown) {
        ClosingRun.close(dropped, thrown);
    }
}
