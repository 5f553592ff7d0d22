package dev.weft.internal.task;

import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Spinning;
import dev.weft.internal.runtime.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The word of a strand that can be asked to stop: {@link #state} has the mode, a lock and some flags; docs/internals.md
 * has its table. Only the strand's own thread changes the mode.
 *
 * <p>A section is {@code lock()} or {@code lockOwn()}, {@code try}, and one direct store to {@link #state} in the
 * {@code finally} of the same method. {@code LockSectionsTest} checks the byte code of each.
 */
abstract class StateWord extends WaitingStrand {

    static final int MODE = 3;
    static final int UNSTARTED = 0;
    static final int RUNNING = 1;
    static final int WAITING = 2;
    static final int DONE = 3;

    /** A thread changes the fields below. Held for a few instructions. */
    static final int LOCKED = 4;

    /** There is a request that has not been delivered. */
    static final int PENDING = 8;

    /** The thread was interrupted for a request, and it is not yet known whether the interrupt was noticed. */
    static final int SENT = 16;

    /** A sender, and only one, is about to interrupt the thread. Together with SENT if that was interrupted before. */
    static final int SENDING = 32;

    /** Another request came meanwhile: the sender interrupts once more. Only with SENDING. */
    static final int AGAIN = 64;

    /** The own thread waits for the sender, which unparks it. Only with SENDING. */
    static final int AWAITED = 128;

    /** Of one that has not begun: it will be ended as it is, and its thread must not begin. */
    private static final int CLAIMED = 256;

    /** Of one that has ended: how many requests stood then. Bits above the flags, but for CLAIMED. */
    private static final int COUNT_SHIFT = 8;

    private static final int MAX_COUNT = Integer.MAX_VALUE >>> COUNT_SHIFT;

    static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), "state", int.class);

    /** Stored to directly by whoever holds the lock, to release it. */
    volatile int state;

    /** One that has not begun. */
    StateWord(Scheduler scheduler) {
        super(scheduler);
    }

    /** One that is running on {@code thread}. */
    StateWord(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
        state = RUNNING;
    }

    // ---- the lock

    /** Takes the lock, and returns the state without it. */
    final int lock() {
        StackReserve.forSection();
        return lockReserved();
    }

    /** As {@link #lock}, for who has asked for a reserve of stack before, and must not fail now. */
    final int lockReserved() {
        for (var spins = 0; ; spins++) {
            var now = state;
            if ((now & LOCKED) == 0 && STATE.compareAndSet(this, now, now | LOCKED)) {
                return now;
            }
            Spinning.pause(spins);
        }
    }

    /** As {@link #lock}, and waits for a sender that has begun. Own thread only. */
    final int lockOwn() {
        for (; ; ) {
            var now = lock();
            if (!mustAwaitSender(now)) {
                return now;
            }
            state = now | AWAITED;
            awaitSender();
        }
    }

    /**
     * For whoever makes or withdraws a request. The own thread first learns what has become of an interrupt that is
     * being sent: a foreign call may have noticed that one already.
     */
    final int lock(boolean isOwn) {
        return isOwn ? lockOwn() : lock();
    }

    /** Not final, so that a test can break it, to see whether that would be noticed. */
    boolean mustAwaitSender(int now) {
        return (now & SENDING) != 0;
    }

    /** A set interrupt status would keep the thread from parking: it is taken off meanwhile. Own thread only. */
    final void awaitSender() {
        var interrupted = false;
        while ((state & SENDING) != 0) {
            interrupted |= takeInterrupt();
            if ((state & AWAITED) != 0) {
                parkForSender();
            } else {
                markAwaited();
            }
        }
        if (interrupted) {
            setInterrupt();
        }
    }

    private void markAwaited() {
        var now = lock();
        try {
            now |= (now & SENDING) != 0 ? AWAITED : 0;
        } finally {
            state = now;
        }
    }

    // ---- modes

    /** The thing to do for the thread of a strand that begins. */
    enum Begin {
        RUN,
        /** The strand was asked to stop before: it ends without running. */
        CANCELLED,
        /** Another thread has ended the strand, or will. */
        TAKEN
    }

    /** Own thread only. */
    final Begin begin() {
        if (STATE.compareAndSet(this, UNSTARTED, RUNNING)) {
            return Begin.RUN;
        }
        var now = lock();
        var before = now;
        try {
            now |= (now & (MODE | CLAIMED)) == UNSTARTED ? RUNNING : 0;
        } finally {
            state = now;
        }
        if ((before & (MODE | CLAIMED)) != UNSTARTED) {
            return Begin.TAKEN;
        }
        return (before & PENDING) == 0 ? Begin.RUN : Begin.CANCELLED;
    }

    /**
     * For whoever ends this in place of its thread.
     *
     * @return false if the thread has begun; true once, and the thread will find that this is taken
     */
    final boolean claimUnstarted() {
        var now = lock();
        var before = now;
        try {
            now |= (now & MODE) == UNSTARTED ? CLAIMED : 0;
        } finally {
            state = now;
        }
        return (before & (MODE | CLAIMED)) == UNSTARTED;
    }

    /** That of a strand that has ended while {@code count} requests stood. */
    static int doneWith(int count) {
        return DONE | Math.min(count, MAX_COUNT) << COUNT_SHIFT;
    }

    /** How many requests stood when the strand ended that has this state. */
    static int countOf(int doneState) {
        return doneState >>> COUNT_SHIFT;
    }

    @Override
    public final boolean hasEnded() {
        return (state & MODE) == DONE;
    }

    static boolean isDone(int state) {
        return (state & MODE) == DONE;
    }

    public final boolean hasBegun() {
        return (state & MODE) != UNSTARTED;
    }

    /** Whether there is a request that has not been delivered. */
    public final boolean isPending() {
        return (state & PENDING) != 0;
    }

    // ---- the thread; a model has another

    boolean isOwnThread() {
        return thread() == Thread.currentThread();
    }

    /** Whether the calling thread, which is the own one, is interrupted. */
    boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    boolean takeInterrupt() {
        return Thread.interrupted();
    }

    void setInterrupt() {
        Thread.currentThread().interrupt();
    }

    void parkForSender() {
        LockSupport.park(this);
    }

    void unparkFromSender(@Nullable Thread target) {
        LockSupport.unpark(target);
    }

    boolean isInterrupted(Thread target) {
        return target.isInterrupted();
    }

    void interrupt(Thread target) {
        target.interrupt();
    }
}
