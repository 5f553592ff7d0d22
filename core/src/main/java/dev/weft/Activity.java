package dev.weft;

import dev.weft.runtime.ParallelScheduler;
import dev.weft.runtime.Scheduler;
import dev.weft.runtime.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cancellable} strand that waits, with a context and structured calls of its own: a task, or a {@link Guest}.
 */
abstract class Activity extends Cancellable {

    /**
     * Bound in a task's thread for its whole body, and in a guest's for a block that runs on it. Valid only on the
     * activity's own thread.
     */
    static final ScopedValue<Object> CURRENT = ScopedValue.newInstance();

    private static final Object NONE = new Object();

    private static final VarHandle WAITING_FOR;

    static {
        try {
            WAITING_FOR = MethodHandles.lookup().findVarHandle(Activity.class, "waitingFor", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // by WAITING_FOR
    private @Nullable Object waitingFor;

    private @Nullable TaskContext context;

    private boolean outside;

    /** What children inherit besides the task-locals. Own thread only. */
    @Nullable
    Inheritance inheritance;

    /** Made by the first timeout block, on the own thread. */
    private @Nullable Deadlines deadlines;

    /** Innermost open scope. Written by the own thread only. */
    volatile @Nullable Scope scopes;

    /** A task that has not begun. */
    Activity(Scheduler scheduler) {
        super(scheduler);
    }

    /** A guest. */
    Activity(Thread thread) {
        super(ParallelScheduler.INSTANCE, thread);
    }

    /** The calling thread's activity: the task or block that it is in, or a new guest that is bound to nothing. */
    static Activity current() {
        var current = currentOrNull();
        return current == null ? new Guest(Thread.currentThread()) : current;
    }

    /** The calling thread's activity, or null. A binding that was inherited by another thread does not count. */
    static @Nullable Activity currentOrNull() {
        return CURRENT.orElse(NONE) instanceof Activity current && current.thread() == Thread.currentThread()
                ? current
                : null;
    }

    /** The run that this belongs to, or null. */
    abstract @Nullable RunScope runScope();

    /** Runs a block on the calling thread so that the calls in it find this activity. */
    abstract <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block) throws X, InterruptedException;

    // ---- context

    @Nullable
    TaskContext context() {
        return context;
    }

    /** The context to write to. Own thread only. */
    final TaskContext ownContext() {
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

    /** The timeout blocks. Own thread only. */
    final Deadlines deadlines() {
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
    final boolean waitFor(Waitable target, long deadlineNanos) throws InterruptedException {
        if (outside) {
            return backInside(() -> waitFor(target, deadlineNanos));
        }
        beginWait();
        var mayCloseCycle = target.mayCloseCycle();
        if (mayCloseCycle) {
            WAITING_FOR.setVolatile(this, target);
        } else {
            WAITING_FOR.setOpaque(this, target);
        }
        try {
            if (mayCloseCycle) {
                AwaitCycles.check(this, target);
            }
            for (var interrupted = false; ; interrupted = Thread.interrupted()) {
                throwIfStopped(interrupted);
                if (target.isReady()) {
                    return true;
                }
                if (deadlineNanos != Scheduler.NEVER && scheduler().nanoTime() >= deadlineNanos) {
                    return false;
                }
                scheduler().park(this, deadlineNanos);
            }
        } finally {
            WAITING_FOR.setOpaque(this, null);
            endWait();
        }
    }

    /** A cancellation point that does not wait, but lets others run. */
    final void yieldTurn() throws InterruptedException {
        if (outside) {
            checkpoint();
            return;
        }
        beginWait();
        try {
            scheduler().yieldTurn(this);
            throwIfStopped(Thread.interrupted());
        } finally {
            endWait();
        }
    }

    private void throwIfStopped(boolean interrupted) throws InterruptedException {
        var cancelled = isPending() ? deliver(interrupted) : null;
        if (cancelled != null) {
            throw cancelled;
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /** A cancellation point that does not wait. */
    final void checkpoint() throws InterruptedException {
        beginWait();
        endWait();
    }

    /** Waits until {@code target} is ready, come what may. Requests and interrupts are kept for later. */
    final void join(Waitable target) {
        if (target.isReady()) {
            return;
        }
        if (outside) {
            enter();
            join(target);
            leave();
            return;
        }
        var interrupted = beginJoin();
        WAITING_FOR.setOpaque(this, target);
        while (!target.isReady()) {
            scheduler().park(this, Scheduler.NEVER);
            interrupted |= Thread.interrupted();
        }
        WAITING_FOR.setOpaque(this, null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        endWait();
    }

    @Override
    public final @Nullable Object waitingFor() {
        return WAITING_FOR.getVolatile(this);
    }

    @Override
    public final List<Strand> awaited() {
        var awaited = new ArrayList<Strand>();
        if (waitingFor() instanceof Waitable target) {
            target.forEachAwaited(awaited::add);
        }
        return awaited;
    }

    // ---- outside

    /** Whether this has given its turn away. Own thread only. */
    final boolean isOutside() {
        return outside;
    }

    /** Gives the turn away until {@link #enter}. */
    final void leave() {
        outside = true;
        scheduler().leave(this);
    }

    final void enter() {
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
