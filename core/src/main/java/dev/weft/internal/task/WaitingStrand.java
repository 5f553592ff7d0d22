package dev.weft.internal.task;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A strand that waits for conditions, and whose waits can be ended from outside. Constructs that live in other packages
 * than the tasks wait through this.
 */
public abstract class WaitingStrand extends Strand {

    /**
     * By its thread, each strand without a thread of its own that stands in a call. No binding of a ScopedValue: it
     * would keep what was opened outside of the call from forking within.
     */
    private static final Map<Thread, WaitingStrand> STANDING = new ConcurrentHashMap<>();

    /** The number of blocks that strands in {@link #STANDING} are in, and that keep interrupts from being sent. */
    private static final AtomicInteger DEFERRING = new AtomicInteger();

    /** A strand that {@link Scheduler#start} gives a thread of its own. */
    protected WaitingStrand(Scheduler scheduler) {
        super(scheduler);
    }

    /** A strand that is already running, on {@code thread}. */
    protected WaitingStrand(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
    }

    /** The calling thread's strand, or a new one, for this wait only, if the thread runs none. */
    public static WaitingStrand ofCallingThread() {
        var bound = boundToCallingThread();
        return bound == null ? new ForeignStrand(Thread.currentThread()) : bound;
    }

    /**
     * A {@link #checkpoint} of the calling thread. The interrupt status does not tell of everything that is asked of a
     * strand: within {@code onCancel} a request is pending although no interrupt was sent.
     *
     * @throws InterruptedException as {@link #waitUntil}
     */
    public static void checkpointOfCallingThread() throws InterruptedException {
        var thread = Thread.currentThread();
        var own = handlerOf(thread);
        if (own != null) {
            own.checkpoint();
        } else if (thread.isInterrupted() || DEFERRING.get() > 0) {
            checkpointElsewhere();
        }
    }

    private static void checkpointElsewhere() throws InterruptedException {
        var bound = boundToCallingThread();
        if (bound != null) {
            bound.checkpoint();
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** A block of this strand's begins that keeps interrupts from being sent, though requests are pending. */
    void beginDeferring() {}

    /** It has ended. */
    void endDeferring() {}

    /** {@link #beginDeferring} and {@link #endDeferring} of one that {@linkplain #stand stands}. */
    protected static void countDeferring(int change) {
        DEFERRING.addAndGet(change);
    }

    /** The threads that run nothing of Weft's and are in a wait now: one strand for each wait. */
    public static List<WaitingStrand> foreign() {
        return List.copyOf(ForeignStrand.WAITING);
    }

    /**
     * The calling thread's strand, or null. One with a thread of its own is that thread's handler: an entry in a table
     * would cost it memory and time.
     */
    protected static @Nullable WaitingStrand boundToCallingThread() {
        var thread = Thread.currentThread();
        var own = handlerOf(thread);
        if (own != null) {
            return own;
        }
        var standing = STANDING.get(thread);
        return standing != null && standing.isStanding() ? standing : null;
    }

    /** The strand that is the calling thread's handler. Null once it has ended: callbacks run then, as a stranger. */
    private static @Nullable WaitingStrand handlerOf(Thread thread) {
        return thread.getUncaughtExceptionHandler() instanceof WaitingStrand own
                        && own.thread() == thread
                        && !own.hasEnded()
                ? own
                : null;
    }

    /** The calling thread, this one's, enters a call in which it is found to be this strand. */
    protected final void stand() {
        STANDING.put(Thread.currentThread(), this);
    }

    /** It leaves the call. */
    protected final void standNoMore() {
        STANDING.remove(Thread.currentThread(), this);
    }

    /** All strands that stand on a caller's thread, in this process. */
    protected static Collection<WaitingStrand> standing() {
        return List.copyOf(STANDING.values());
    }

    /** False for one that should have left {@link #STANDING}, but had no stack left to. */
    protected boolean isStanding() {
        return true;
    }

    /** The name of a thread that is not a task. */
    public static String nameOf(Thread thread) {
        var name = thread.getName();
        return name.isEmpty() ? "#" + thread.threadId() : name;
    }

    /** Whether this waits no more, although its thread may still run something. */
    public abstract boolean hasEnded();

    /** How many requests to stop stand, whether noticed or not. */
    public abstract int cancelling();

    /**
     * Waits until {@code target} is ready. A stop of the wait goes before readiness. Own thread only.
     *
     * @throws InterruptedException if the thread was interrupted, or the strand has been asked to stop
     */
    public abstract void waitUntil(Awaitable target) throws InterruptedException;

    /**
     * Waits until {@code target} is ready, come what may; what would have stopped the wait is kept. Own thread only.
     */
    public abstract void joinUntil(Awaitable target);

    /**
     * Looks whether something would stop a wait, and does not wait. Own thread only.
     *
     * @throws InterruptedException as {@link #waitUntil}
     */
    public abstract void checkpoint() throws InterruptedException;

    /** Adds suppressed exceptions, and reports those that {@code thrown} does not take. Own thread only. */
    public abstract void suppress(Throwable thrown, Collection<? extends Throwable> suppressed);

    /**
     * Closes what nobody gets, one after the other, whatever happens meanwhile. Own thread only.
     *
     * @param thrown gets what cannot be closed as suppressed; if null, that is reported
     */
    public abstract void closeAll(Collection<? extends AutoCloseable> dropped, @Nullable Throwable thrown);
}
