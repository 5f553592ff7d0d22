package dev.weft.internal.task;

import dev.weft.CancelledException;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.runtime.Scheduler;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How requests reach a strand: as an exception from a wait in Weft, or as an interrupt outside of it.
 *
 * <p>{@link Thread#interrupt()} may run foreign code, which closes a channel: so it is called without the lock, under
 * the mark SENDING. The own thread cannot begin or end a wait, nor a block that takes a request back, while that mark
 * stands. Hence no interrupt arrives late. Nobody else waits for the sender.
 */
abstract class Delivery extends StateWord {

    /** Null until there is something to keep. Guarded by the lock. */
    @Nullable
    RequestList requests;

    /** One that has not begun. */
    Delivery(Scheduler scheduler) {
        super(scheduler);
    }

    /** One that is running on {@code thread}. */
    Delivery(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
    }

    /** The exception that tells of a request. */
    abstract CancelledException exceptionFor(Request told);

    /** An interrupt has run foreign code, which threw. On the sender's thread, with no lock held. */
    abstract void interruptFailed(Throwable thrown);

    /** The invariant whenever the lock is released. */
    static boolean isConsistent(int now, @Nullable RequestList list) {
        var isRunning = (now & MODE) == RUNNING;
        return ((now & (AGAIN | AWAITED)) == 0 || (now & SENDING) != 0)
                && ((now & SENDING) == 0 || isRunning)
                && ((now & SENT) == 0 || isRunning)
                && (!isRunning || (now & PENDING) == 0 || (now & (SENT | SENDING)) != 0 || defers(list))
                && ((now & MODE) == DONE || ((now & PENDING) != 0) == (list != null && list.hasUndelivered()));
    }

    private static boolean defers(@Nullable RequestList list) {
        return list != null && list.defersAll();
    }

    // ---- the end

    /**
     * Own thread only (or, for one that never began, whoever has claimed it): nothing is delivered any more. Publishes
     * all that was written before.
     */
    final void endStrand() {
        // a requester would have left a flag, or its request
        if (requests == null && STATE.compareAndSet(this, RUNNING, DONE)) {
            return;
        }
        var now = lockOwn();
        try {
            now = doneWith(requests == null ? 0 : requests.count());
            requests = null;
        } finally {
            state = now;
        }
    }

    // ---- beginning and ending a wait, on the own thread

    /** Whether nothing is pending, and no interrupt. Own thread only. */
    final boolean isUndisturbed() {
        return state == RUNNING && !isInterrupted();
    }

    /**
     * The calling thread is about to wait: delivers what is pending, or lets requests unpark it from now on. One that
     * has ended is refused: it would be revived.
     */
    final void beginWait() throws InterruptedException {
        if (state != RUNNING || isInterrupted() || !STATE.compareAndSet(this, RUNNING, WAITING)) {
            beginWaitSlowly();
        }
    }

    private void beginWaitSlowly() throws InterruptedException {
        Request told = null;
        var interrupted = false;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                now = resolve(list, now, Interrupts.Sign.NONE);
                if ((now & PENDING) != 0) {
                    told = list.deliver();
                    now = delivered(list, now, false);
                }
            }
            if (told == null && !isDone(now)) {
                interrupted = takeInterrupt() && (list == null || !list.holdInterruptBack());
                now = interrupted ? now : (now & ~MODE) | WAITING;
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        refuseIfDone(now);
        if (told != null) {
            throw exceptionFor(told);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /** The calling thread has waited. */
    final void endWait() {
        if (!STATE.compareAndSet(this, WAITING, RUNNING)) {
            endWaitSlowly();
        }
    }

    /** A request that came during a join has not been sent; now that foreign calls may follow, it is. */
    private void endWaitSlowly() {
        var now = lock();
        try {
            var list = requests;
            now = (now & ~MODE) | RUNNING;
            if (list != null) {
                now = sendUnlessDeferred(list, now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
    }

    /**
     * As {@link #beginWait}, but what is pending stays so: an interrupt that was sent for it is taken off the thread,
     * and sent again after the join.
     *
     * @return whether there was an interrupt from elsewhere, which has been taken off the thread too
     */
    final boolean beginJoin() {
        var interrupted = false;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                list.expectNew();
                now = resolve(list, now, Interrupts.Sign.NONE);
                if ((now & SENT) != 0) {
                    takeInterrupt();
                    interrupted = list.interruptOwed;
                    list.interruptOwed = false;
                    now &= ~SENT;
                }
            }
            if (!isDone(now)) {
                interrupted |= takeInterrupt();
                now = (now & ~MODE) | WAITING;
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        refuseIfDone(now);
        return interrupted;
    }

    private void refuseIfDone(int now) {
        if (isDone(now)) {
            throw new AssertionError("'" + name() + "' has ended, and waits no more");
        }
    }

    /**
     * Own thread only, waiting. Makes one exception of all pending requests; null if they have been taken back
     * meanwhile.
     *
     * @param interrupted that there was an interrupt from elsewhere, which is kept for later
     */
    final @Nullable CancelledException deliver(boolean interrupted) {
        Request told = null;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null && (now & PENDING) != 0) {
                told = list.deliver();
                now = delivered(list, now, interrupted);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        return told == null ? null : exceptionFor(told);
    }

    // ---- interrupts; with the lock held, but for the sender

    private int delivered(RequestList list, int now, boolean interrupted) {
        if ((now & SENT) != 0) {
            takeInterrupt();
        }
        list.interruptOwed |= interrupted;
        payInterrupt(list);
        return RUNNING;
    }

    /**
     * A running strand has a request: interrupts it if it is the calling thread's own, which runs no foreign code; or
     * else marks that the caller, or who is sending already, is going to.
     *
     * @return the state; {@link #isSender} tells whether the caller must {@link #sendInterrupts} when it has released
     *     the lock
     */
    final int send(RequestList list, int now) {
        if (isOwnThread()) {
            assert (now & SENDING) == 0 : "the own thread waits for a sender before it asks itself";
            return sendToSelf(list, now);
        }
        var target = thread();
        if (target == null) {
            return now;
        }
        if ((now & SENDING) != 0) {
            return now | AGAIN;
        }
        // now: while it waits for the sender, the own thread takes its status off
        list.sending(now, isInterrupted(target));
        return now | SENDING;
    }

    final int sendToSelf(RequestList list, int now) {
        list.sending(now, isInterrupted());
        setInterrupt();
        list.sent();
        return now | SENT;
    }

    /** Own thread only, running: interrupts it if something is pending, unless the actions of blocks come first. */
    final int sendUnlessDeferred(RequestList list, int now) {
        return (now & (PENDING | SENT | SENDING)) == PENDING && !list.defersAll() ? sendToSelf(list, now) : now;
    }

    /** Whether a section that has changed {@code before} to {@code after} has made its thread the sender. */
    static boolean isSender(int before, int after) {
        return (before & SENDING) == 0 && (after & SENDING) != 0;
    }

    /**
     * Interrupts the thread, and lets it go on. Any thread that has a reserve of stack; with no lock held. An exception
     * of the interrupt is reported.
     */
    final void sendInterrupts() {
        Throwable failure = null;
        for (var again = true; again; ) {
            var target = thread();
            var thrown = target == null ? null : interruptGuarded(target);
            failure = thrown == null ? failure : thrown;
            var now = lockReserved();
            var before = now;
            try {
                var list = requests;
                if (list != null) {
                    list.sent();
                }
                again = (now & AGAIN) != 0;
                now = (now | SENT) & ~(again ? AGAIN : SENDING | AWAITED);
                assert isConsistent(now, list);
            } finally {
                state = now;
            }
            if (!again && (before & AWAITED) != 0) {
                unparkFromSender(target);
            }
        }
        if (failure != null) {
            interruptFailed(failure);
        }
    }

    /** @return what was thrown by what it closes */
    private @Nullable Throwable interruptGuarded(Thread target) {
        try {
            interrupt(target);
            return null;
        } catch (Throwable thrown) {
            try {
                interrupt(target); // the status is set, but the thread has not been woken up
            } catch (Throwable again) {
                unparkGuarded(target);
            }
            return thrown;
        }
    }

    private static void unparkGuarded(Thread target) {
        try {
            LockSupport.unpark(target);
        } catch (Throwable e) {
            // the status is set: the thread sees it when it next looks
        }
    }

    /**
     * Own thread only: finds out what has become of an interrupt that was sent.
     *
     * @param sign of what the block that asks has ended with
     */
    final int resolve(RequestList list, int now, Interrupts.Sign sign) {
        if ((now & SENT) == 0) {
            return now;
        }
        if (!isInterrupted()) {
            // a foreign call has noticed and cleared it
            list.deliver();
        } else if ((now & PENDING) == 0) {
            // the request was taken back by another thread
            takeInterrupt();
        } else if (!wasNoticed(list, sign)) {
            return now;
        } else {
            list.deliver();
            takeInterrupt();
        }
        payInterrupt(list);
        return now & ~(SENT | PENDING);
    }

    /**
     * A request is about to be added. If a foreign call has noticed the interrupt for the earlier ones, they are
     * delivered: the new one is not delivered with them, but reaches what the thread does because of them.
     *
     * <p>Only the own thread can tell: a call such as {@code CompletableFuture.join()} takes the status off for a
     * while, and so does a thread that waits for a sender.
     */
    final int noticedBefore(RequestList list, int now) {
        if ((now & (SENT | SENDING)) != SENT || !isOwnThread() || isInterrupted()) {
            return now;
        }
        list.deliverPromptly(); // an interrupt that is owed is paid when the next one is resolved
        return now & ~(SENT | PENDING);
    }

    /**
     * Whether a foreign call seems to have noticed the interrupt that was sent: the status is off. No more than a hint,
     * as it may be off for a moment.
     */
    final boolean seemsNoticed(int now) {
        var target = thread();
        return (now & (SENT | SENDING)) == SENT && target != null && !isInterrupted(target);
    }

    /**
     * Whether an interrupt that was sent has been noticed although the status is still set. Code that throws an
     * InterruptedException has cleared the status: it comes of one, and the status of another. If only one was sent,
     * the other is somebody else's, and either will do for it: the exception tells of that.
     */
    private static boolean wasNoticed(RequestList list, Interrupts.Sign sign) {
        return switch (sign) {
            case NONE -> false;
            case CLEARED -> list.sends > 1;
            case SET -> true;
        };
    }

    /**
     * Own thread only, with an exception in hand that has cleared the status: whether that is set by what was sent
     * since, so that the exception comes of another interrupt.
     */
    final boolean isStillToBeNoticed(RequestList list, int now) {
        return (now & (SENT | PENDING)) == (SENT | PENDING)
                && isInterrupted()
                && !wasNoticed(list, Interrupts.Sign.CLEARED);
    }

    /** Clears what stands for requests that are gone. An interrupt that another thread finds to be void stays SENT. */
    final int settle(RequestList list, int now) {
        if (list.hasUndelivered()) {
            return now;
        }
        if ((now & SENT) != 0 && isOwnThread()) {
            takeInterrupt();
            payInterrupt(list);
            return now & ~(SENT | PENDING);
        }
        return now & ~PENDING;
    }

    /** Own thread only: has what was asked since {@code mark} delivered once more. */
    final int rearm(RequestList list, int before, int mark) {
        var now = resolve(list, before, Interrupts.Sign.NONE);
        return list.rearmSince(mark) ? sendUnlessDeferred(list, now | PENDING) : now;
    }

    /** Not final, so that a test can break it. */
    void payInterrupt(RequestList list) {
        if (list.interruptOwed) {
            list.interruptOwed = false;
            setInterrupt();
        }
    }
}
