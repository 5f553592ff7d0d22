package dev.weft;

import dev.weft.runtime.Scheduler;
import dev.weft.runtime.WaitingStrand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strand that can be asked to stop. Keeps the requests, and delivers each once: as an exception from a wait in Weft,
 * or as an interrupt outside of it.
 *
 * <p>One word, {@link #state}, has the mode and three flags; docs/internals.md has its table. Only the strand's own
 * thread changes the mode. Who makes a request takes the lock, so that it knows the mode for as long as it interrupts;
 * the own thread cannot begin or end a wait, nor a block that takes a request back, meanwhile. Hence no interrupt
 * arrives late.
 */
abstract class Cancellable extends WaitingStrand {

    private static final int MODE = 3;
    private static final int UNSTARTED = 0;
    private static final int RUNNING = 1;
    private static final int WAITING = 2;
    private static final int DONE = 3;

    /** Somebody changes the fields below. Held for a few instructions and at most one {@link Thread#interrupt()}. */
    private static final int LOCKED = 4;

    /** There is a request that has not been delivered. */
    private static final int PENDING = 8;

    /**
     * The thread was interrupted for a request, and it is not yet known whether the interrupt was noticed. Holds
     * whenever RUNNING and PENDING do.
     */
    private static final int SENT = 16;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Cancellable.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // by STATE too
    private volatile int state;

    /** Null until there is something to keep. Guarded by the lock. */
    private @Nullable RequestList requests;

    /** One that has not begun. */
    Cancellable(Scheduler scheduler) {
        super(scheduler);
    }

    /** One that is running on {@code thread}. */
    Cancellable(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
        state = RUNNING;
    }

    /** In words, for messages: {@code task 'Task-3'} or {@code thread 'main'}. */
    abstract String describe();

    /** Whether to tell more than is cheap. */
    abstract boolean isDebug();

    /** A request was made while this had not begun. */
    void requestedBeforeStart() {}

    /** A request was made, other than one that repeats an earlier one, or that its maker watches. */
    void requested(Request request) {}

    // ---- modes

    /** Own thread only. @return false if this was asked to stop before: it must not run */
    final boolean begin() {
        var before = lock();
        unlock((before & ~MODE) | RUNNING | (before & PENDING));
        return (before & PENDING) == 0;
    }

    /**
     * Own thread only (or, for one that never began, whoever has claimed it): nothing is delivered any more. Publishes
     * all that was written before.
     */
    final void endActivity() {
        lock();
        requests = null;
        unlock(DONE);
    }

    @Override
    public final boolean hasEnded() {
        return (state & MODE) == DONE;
    }

    static boolean isDone(int state) {
        return (state & MODE) == DONE;
    }

    final boolean hasBegun() {
        return (state & MODE) != UNSTARTED;
    }

    /** Whether there is a request that has not been delivered. */
    final boolean isPending() {
        return (state & PENDING) != 0;
    }

    // ---- beginning and ending a wait, on the own thread

    /** The calling thread is about to wait: delivers what is pending, or lets requests unpark it from now on. */
    final void beginWait() throws InterruptedException {
        if (state != RUNNING
                || Thread.currentThread().isInterrupted()
                || !STATE.compareAndSet(this, RUNNING, WAITING)) {
            beginWaitSlowly();
        }
    }

    private void beginWaitSlowly() throws InterruptedException {
        var now = lock();
        if ((now & SENT) != 0) {
            now = resolve(requestsToChange(), now, null);
        }
        if ((now & PENDING) != 0) {
            throw deliverLocked(now, false);
        }
        if (Thread.interrupted()) {
            unlock(now);
            throw new InterruptedException();
        }
        unlock((now & ~MODE) | WAITING);
    }

    /** The calling thread has waited. */
    final void endWait() {
        if (!STATE.compareAndSet(this, WAITING, RUNNING)) {
            setMode(RUNNING);
        }
    }

    /**
     * As {@link #beginWait}, but what is pending stays so: an interrupt that was sent for it is taken off the thread,
     * and sent again after the join.
     *
     * @return whether there was an interrupt from elsewhere, which has been taken off the thread too
     */
    final boolean beginJoin() {
        var now = lock();
        var interrupted = false;
        if ((now & SENT) != 0) {
            var list = requestsToChange();
            now = resolve(list, now, null);
            if ((now & SENT) != 0) {
                Thread.interrupted();
                interrupted = list.interruptOwed;
                list.interruptOwed = false;
                now &= ~SENT;
            }
        }
        interrupted |= Thread.interrupted();
        unlock((now & ~MODE) | WAITING);
        return interrupted;
    }

    /** A request that came during a join has not been sent; now that foreign calls may follow, it is. */
    private void setMode(int mode) {
        var now = lock();
        if (mode == RUNNING && (now & (PENDING | SENT)) == PENDING) {
            now = send(requestsToChange(), now);
        }
        unlock((now & ~MODE) | mode);
    }

    // ---- requests

    /**
     * Asks this to stop. Twice for one {@link Cancellation} is once.
     *
     * @return false if it has ended
     */
    final boolean request(Request request) {
        var before = lock();
        if (isDone(before)) {
            unlock(before);
            return false;
        }
        var now = add(request, before);
        unlockAndTell(now);
        if (request.isKept && !request.isWatched) {
            requested(request);
        }
        return true;
    }

    /** With the lock held, of one that has not ended: {@link #unlockAndTell} with what this returns is to follow. */
    final int add(Request request, int now) {
        var list = requestsToChange();
        if (list.containsReason(request.cancellation)) {
            return now;
        }
        request.own = thread() == Thread.currentThread();
        list.add(request);
        list.trigger(request);
        return (now & MODE) == RUNNING ? send(list, now | PENDING) : now | PENDING;
    }

    /** Releases the lock, and sets going what the requests ask for that were added. */
    final void unlockAndTell(int now) {
        var list = requests;
        var triggered = list == null ? List.<OnCancel>of() : list.takeTriggered();
        unlock(now);
        if ((now & PENDING) != 0) {
            var mode = now & MODE;
            if (mode == WAITING) {
                scheduler().unpark(this);
            } else if (mode == UNSTARTED) {
                requestedBeforeStart();
            }
        }
        triggered.forEach(OnCancel::start);
    }

    /**
     * Takes a request back that a block of the calling thread's has made. If nobody has noticed it, nobody will.
     *
     * @param thrown what the block has ended with
     * @return whether it was delivered
     */
    final boolean withdraw(Request request, @Nullable Throwable thrown) {
        var now = lock();
        var list = requestsToChange();
        now = resolve(list, now, thrown);
        list.remove(request);
        unlock(settle(list, now));
        return request.delivered;
    }

    /**
     * Has all that is pending delivered by the exception that is returned; null if nobody asks for anything any more.
     */
    final @Nullable CancelledException noticed() {
        var now = lock();
        var reason = requests == null ? null : requests.reason();
        if (requests == null || reason == null) {
            unlock(now);
            return null;
        }
        requests.deliver();
        unlock(settle(requests, now));
        return new CancelledException(reason);
    }

    /** Takes one cancel back, and returns how many requests stand. */
    public final int uncancel() {
        var now = lock();
        var list = requests;
        if (list == null) {
            unlock(now);
            return 0;
        }
        if (thread() == Thread.currentThread()) {
            now = resolve(list, now, null);
        }
        list.uncancel();
        var left = list.count();
        unlock(settle(list, now));
        return left;
    }

    /** How many requests stand. */
    @Override
    public final int cancelling() {
        if ((state & LOCKED) == 0 && requests == null) {
            return 0;
        }
        var now = lock();
        var count = requests == null ? 0 : requests.count();
        unlock(now);
        return count;
    }

    /** A mark for {@link #othersSince}: what has not been delivered by now counts as made since. Own thread only. */
    final int requestMark() {
        if ((state & LOCKED) == 0 && requests == null) {
            return 0;
        }
        var now = lock();
        var mark = requests == null ? 0 : requests.mark();
        unlock(now);
        return mark;
    }

    /** Whether anybody but {@code except} has asked this to stop since {@code mark}, and still wants it. */
    final boolean othersSince(int mark, @Nullable Request except) {
        var now = lock();
        var others = requestsToChange().othersSince(mark, except, Scheduler.NEVER);
        unlock(now);
        return others != RequestList.Others.NONE;
    }

    /**
     * What passes on of {@code thrown}, by which a block has ended that has made the request {@code except}: null if it
     * is meant for the block alone. Otherwise it tells all the others, under the reason of one of them. Timeouts with a
     * later deadline than {@code deadlineNanos} do not count; if there are but such, they will be told anew.
     */
    final @Nullable Throwable passOn(int mark, @Nullable Request except, long deadlineNanos, Throwable thrown) {
        var now = lock();
        var list = requestsToChange();
        var others = list.othersSince(mark, except, deadlineNanos);
        Cancellation reason = null;
        switch (others) {
            case SOME -> {
                reason = list.reasonSince(mark, except);
                list.deliver();
                now = settle(list, now);
            }
            case LATER_TIMEOUTS -> now = rearm(list, now, mark);
            case NONE -> {}
        }
        unlock(now);
        if (others != RequestList.Others.SOME) {
            return null;
        }
        if (reason != null
                && except != null
                && thrown instanceof CancelledException told
                && told.cancellation() == except.cancellation) {
            var exception = new CancelledException(reason);
            exception.initCause(thrown);
            return exception;
        }
        return thrown;
    }

    /**
     * Some other exception takes the place of {@code stopped}, by which a wait of this was ended: what it told of, made
     * since {@code mark}, is delivered once more.
     */
    final void tellAgain(InterruptedException stopped, int mark) {
        if (!(stopped instanceof CancelledException)) {
            Thread.currentThread().interrupt();
            return;
        }
        var now = lock();
        unlock(rearm(requestsToChange(), now, mark));
    }

    /** The reason that an outcome names: the latest. */
    final @Nullable Cancellation cancellation() {
        var now = lock();
        var reason = requests == null ? null : requests.reason();
        unlock(now);
        return reason;
    }

    /** What this was asked, as long as it stands and this has not ended; null if nothing. */
    final @Nullable Asked asked() {
        if ((state & LOCKED) == 0 && requests == null) {
            return null;
        }
        var now = lock();
        var reason = requests == null ? null : requests.reason();
        var asked = requests == null || reason == null ? null : new Asked(requests.count(), reason);
        unlock(now);
        return asked;
    }

    /**
     * Requests to stop.
     *
     * @param count how many stand
     * @param cancellation the reason that an outcome names
     */
    record Asked(int count, Cancellation cancellation) {}

    /** Own thread, at its end: whether this has asked itself to stop and has not been told so yet. */
    final boolean endsBeforeOwnRequestIsDelivered() {
        if (requests == null) {
            return false;
        }
        var now = lock();
        var list = requestsToChange();
        now = resolve(list, now, null);
        var found = list.hasUndeliveredOwn();
        unlock(now);
        return found;
    }

    /** Whether {@code request} still stands. */
    final boolean stands(Request request) {
        var now = lock();
        var found = requests != null && requests.contains(request);
        unlock(now);
        return found;
    }

    /** The innermost action that requests trigger. Own thread only. */
    final @Nullable OnCancel cancelAction() {
        var list = requests;
        return list == null ? null : list.actions;
    }

    /** Has {@code action} triggered by requests from now on, and at once if one is pending. */
    final void addCancelAction(OnCancel action) {
        var now = lock();
        var list = requestsToChange();
        action.outer = list.actions;
        list.actions = action;
        var triggered = (now & PENDING) != 0 && action.trigger();
        unlock(now);
        if (triggered) {
            action.start();
        }
    }

    final void removeCancelAction(OnCancel action) {
        var now = lock();
        requestsToChange().actions = action.outer;
        unlock(now);
    }

    // ---- all below: with the lock held

    private RequestList requestsToChange() {
        var list = requests;
        if (list == null) {
            list = new RequestList();
            requests = list;
        }
        return list;
    }

    /**
     * Own thread only, waiting. Makes one exception of all pending requests; null if they have been taken back
     * meanwhile.
     *
     * @param interrupted that there was an interrupt from elsewhere, which is kept for later
     */
    final @Nullable CancelledException deliver(boolean interrupted) {
        var now = lock();
        if ((now & PENDING) == 0) {
            unlock(now);
            return null;
        }
        return deliverLocked(now, interrupted);
    }

    /** Own thread only. Makes one exception of all pending requests, and releases the lock. */
    private CancelledException deliverLocked(int now, boolean interrupted) {
        var list = requestsToChange();
        var told = list.deliver();
        if ((now & SENT) != 0) {
            Thread.interrupted();
        }
        list.interruptOwed |= interrupted;
        payInterrupt(list);
        unlock(RUNNING);
        if (told == null) {
            throw new AssertionError("a pending request has vanished from " + describe());
        }
        return new CancelledException(told.cancellation, !told.isWatched || isDebug());
    }

    /** Interrupts the thread, which is outside of Weft. */
    private int send(RequestList list, int now) {
        var target = thread();
        if (target == null) {
            return now;
        }
        if ((now & SENT) == 0 && target.isInterrupted()) {
            list.interruptOwed = true;
        }
        list.sends = (now & SENT) == 0 ? 1 : list.sends + 1;
        target.interrupt();
        return now | SENT;
    }

    /**
     * Own thread only: finds out what has become of an interrupt that was sent.
     *
     * @param thrown what the block that asks has ended with
     */
    private int resolve(RequestList list, int now, @Nullable Throwable thrown) {
        if ((now & SENT) == 0) {
            return now;
        }
        if (!Thread.currentThread().isInterrupted()) {
            // a foreign call has noticed and cleared it
            list.deliver();
        } else if ((now & PENDING) == 0) {
            // the request was taken back by another thread
            Thread.interrupted();
        } else if (!wasNoticed(list, thrown)) {
            return now;
        } else {
            list.deliver();
            Thread.interrupted();
        }
        payInterrupt(list);
        return now & ~(SENT | PENDING);
    }

    /**
     * Whether {@code thrown} comes of an interrupt that was sent although the status is still set. Who throws an
     * InterruptedException has cleared the status: it comes of one, and the status of another. If only one was sent,
     * the other is somebody else's, and either will do for it: the exception tells of that.
     */
    private static boolean wasNoticed(RequestList list, @Nullable Throwable thrown) {
        return thrown instanceof InterruptedException
                ? !(thrown instanceof CancelledException) && list.sends > 1
                : Interrupts.isSurface(thrown);
    }

    /** Clears what stands for requests that are gone. An interrupt that another thread finds to be void stays SENT. */
    private int settle(RequestList list, int now) {
        if (list.hasUndelivered()) {
            return now;
        }
        if ((now & SENT) != 0 && thread() == Thread.currentThread()) {
            Thread.interrupted();
            payInterrupt(list);
            return now & ~(SENT | PENDING);
        }
        return now & ~PENDING;
    }

    private int rearm(RequestList list, int before, int mark) {
        var now = resolve(list, before, null);
        return list.rearmSince(mark) ? send(list, now | PENDING) : now;
    }

    private static void payInterrupt(RequestList list) {
        if (list.interruptOwed) {
            list.interruptOwed = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the lock, and returns the state without it, to be given back to {@link #unlock}. */
    final int lock() {
        for (var spins = 0; ; spins++) {
            var now = state;
            if ((now & LOCKED) == 0 && STATE.compareAndSet(this, now, now | LOCKED)) {
                return now;
            }
            BriefLock.spin(spins);
        }
    }

    final void unlock(int now) {
        state = now;
    }
}
