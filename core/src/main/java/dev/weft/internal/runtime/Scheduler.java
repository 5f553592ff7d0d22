package dev.weft.internal.runtime;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a runtime. Every construct of Weft is written once, on these operations.
 *
 * <p>{@link #park} and {@link #unpark} work as {@link java.util.concurrent.locks.LockSupport}'s: an unpark that comes
 * first makes the next park return at once, and a park may return for no reason, so that a caller always waits in a
 * loop around its own condition.
 *
 * <p>Unless stated otherwise an operation may be called by any thread, and everything that a caller did before
 * {@link #start}, {@link #unpark}, {@link #soon} or {@link #schedule} is visible to what it sets going.
 */
public abstract class Scheduler {

    /** A point in time that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Gives {@code strand} a virtual thread of its own and lets it run. */
    public abstract void start(Strand strand);

    /**
     * Threads that the strands of one call may share.
     *
     * @return null if each strand is to be {@linkplain #start started} on a thread of its own
     */
    public @Nullable SharedThreads shareThreads(SharedThreads.Sharing owner) {
        return null;
    }

    /**
     * Suspends the calling strand until it is unparked, {@code deadlineNanos} on this runtime's clock has come, its
     * thread is interrupted, or for no reason. Never throws and leaves the thread's interrupt status alone; with the
     * status set it returns at once.
     *
     * @param self the strand of the calling thread
     * @param deadlineNanos a time on {@link #nanoTime}'s clock, or {@link #NEVER}
     */
    public abstract void park(Strand self, long deadlineNanos);

    /** Makes {@code strand}'s current or else its next {@link #park} return. */
    public abstract void unpark(Strand strand);

    /** Lets every strand that is ready run once before {@code self}, which is the calling one, goes on. */
    public abstract void yieldTurn(Strand self);

    /**
     * The first call of a started strand, made on its own thread.
     *
     * @return false if the start counts as failed, as it threw although it had started the thread: the thread does
     *     nothing more, and does not call {@link #exit}
     */
    public abstract boolean begun(Strand self);

    /** The last call of a started strand, made on its own thread. */
    public abstract void exit(Strand self);

    /**
     * Starts a new strand at once and comes back when it parks for the first time or ends, as far as the runtime can
     * order the two. Where strands run at the same time it also comes back when the new strand blocks elsewhere, or
     * {@code self} is interrupted. Called by {@code self}.
     */
    public abstract void startEagerly(Strand self, Strand strand);

    /** Called by {@code self} before it blocks outside of Weft for long: others may run meanwhile. */
    public abstract void leave(Strand self);

    /**
     * Ends what {@link #leave} began: returns once {@code self} may run again. Does not react to interrupts, but keeps
     * them.
     */
    public abstract void enter(Strand self);

    /**
     * Runs a short internal action that never blocks: at once, or after what is ready now.
     *
     * @param action must not throw
     */
    public abstract void soon(Runnable action);

    /** Runs a short internal action that never blocks once {@code deadlineNanos} has come. */
    public abstract TimerHandle schedule(long deadlineNanos, Runnable action);

    /** {@link #schedule} for who looks after strands: also goes off while one of them holds up all others. */
    public TimerHandle scheduleWatch(long deadlineNanos, Runnable action) {
        return RealTime.schedule(deadlineNanos - nanoTime(), action);
    }

    /** Runs an action that may block on a thread of its own, beside the strands. */
    public void startBeside(String name, Runnable action) {
        Thread.ofVirtual().name(name).start(action);
    }

    /** A call that a strand of this runtime waits for has begun on a thread that is none of this runtime's. */
    public void outsideBegan() {}

    /** Such a call has ended, and its waiter was unparked or has given up. */
    public void outsideEnded() {}

    /** This runtime's clock: nanoseconds since an arbitrary but fixed point, never negative, never going back. */
    public abstract long nanoTime();

    /** Whether {@link #nanoTime} is the one clock of all runtimes that do not have a time of their own. */
    public boolean isOnRealTime() {
        return true;
    }

    /** Random numbers for what Weft itself leaves to chance. To be asked for each time anew. */
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    /** Whether strands of this runtime take turns, so that one that blocks outside of Weft holds up all others. */
    public abstract boolean takesTurns();
}
