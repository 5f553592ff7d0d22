package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A strand that can be asked to stop. Keeps the requests, each of which {@link Delivery} delivers once. */
abstract class Cancellable extends Delivery {

    /** One that has not begun. */
    Cancellable(Scheduler scheduler) {
        super(scheduler);
    }

    /** One that is running on {@code thread}. */
    Cancellable(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
    }

    /** In words, for messages: {@code task 'Task-3'} or {@code thread 'main'}. */
    public abstract String describe();

    /** Whether to tell more than is cheap. */
    abstract boolean isDebug();

    /** A request was made while this had not begun. */
    void requestedBeforeStart() {}

    /** A request was made, other than one that repeats an earlier one, or that its maker watches. */
    void requested(Request request) {}

    @Override
    final CancelledException exceptionFor(Request told) {
        return Api.cancelled(told.cancellation, !told.isWatched || isDebug());
    }

    // ---- requests

    /**
     * Asks this to stop. Twice for one {@link Cancellation} is once. If it runs outside of Weft, the calling thread
     * interrupts it, and waits for what that closes.
     *
     * @return false if it has ended
     */
    public final boolean request(Request request) {
        return request(request, null);
    }

    /**
     * {@link #request(Request)} of one of many, whose interrupts are sent when all have been asked.
     *
     * @param later takes this, if it is to be interrupted
     */
    public final boolean request(Request request, @Nullable Interrupter later) {
        StackReserve.forCall();
        var spare = newList();
        boolean sends;
        CancelAction triggered;
        var now = lock(isOwnThread()); // what a sender has sent must be known before the own thread asks for more
        try {
            if (isDone(now)) {
                return false;
            }
            var before = now;
            now = add(request, spare, now);
            sends = isSender(before, now);
            triggered = takeTriggered();
        } finally {
            state = now;
        }
        tell(now, triggered, sends, later, request);
        return true;
    }

    /** To be made before the lock is taken, for {@link #add}. */
    final @Nullable RequestList newList() {
        return requests == null ? Memory.insist(RequestList::new) : null;
    }

    /** With the lock held. A list vanishes only when the activity ends. */
    private RequestList listOr(@Nullable RequestList spare) {
        var list = requests;
        if (list == null) {
            list = Objects.requireNonNull(spare, "spare");
            requests = list;
        }
        return list;
    }

    /** With the lock held, of one that has not ended: {@link #tell} is to follow. */
    final int add(Request request, @Nullable RequestList spare, int now) {
        var list = listOr(spare);
        if (list.containsReason(request.cancellation)) {
            return now;
        }
        request.own = isOwnThread();
        if (list.holdBack(request)) {
            return now;
        }
        request.comesInCleanUp = seemsNoticed(now);
        var before = noticedBefore(list, now);
        list.add(request);
        list.trigger(request);
        var pending = (before & MODE) == RUNNING ? send(list, before | PENDING) : before | PENDING;
        assert isConsistent(pending, list);
        return pending;
    }

    /** With the lock held. */
    final @Nullable CancelAction takeTriggered() {
        var list = requests;
        return list == null ? null : list.takeTriggered();
    }

    /**
     * Sets going what a request asks for that was added: all of it, whatever fails.
     *
     * @param now the state when it had been added
     */
    final void tell(
            int now, @Nullable CancelAction triggered, boolean sends, @Nullable Interrupter later, Request request) {
        try {
            if ((now & PENDING) != 0) {
                var mode = now & MODE;
                if (mode == WAITING) {
                    scheduler().unpark(this);
                } else if (mode == UNSTARTED) {
                    requestedBeforeStart();
                }
            }
        } finally {
            try {
                CancelAction.startAll(triggered);
                if (request.isKept && !request.isWatched && !request.isByLimit()) {
                    requested(request);
                }
            } finally {
                if (sends) {
                    Interrupter.send(this, later);
                }
            }
        }
    }

    @Override
    final void interruptFailed(Throwable thrown) {
        Problems.interruptFailed(this, thrown);
    }

    /** Whether the thread may stand in a foreign call while other strands that take turns run. */
    boolean isOutside() {
        return false;
    }

    /**
     * Takes a request back that a block of the calling thread's has made. If nobody has noticed it, nobody will.
     *
     * @param thrown what the block has ended with
     * @return whether it was delivered
     */
    public final boolean withdraw(Request request, @Nullable Throwable thrown) {
        var sign = Interrupts.signOf(thrown);
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                now = resolve(list, now, sign);
                list.remove(request);
                now = settle(list, now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        return request.delivered;
    }

    /**
     * Has all that is pending delivered by the exception that is returned; null if nobody asks for anything any more.
     */
    final @Nullable CancelledException noticed() {
        Cancellation reason = null;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                reason = list.reasonNotHeldBack();
                if (reason != null) {
                    list.deliver();
                    now = settle(list, now);
                }
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        return reason == null ? null : Api.cancelled(reason, true);
    }

    /** Takes one cancel back, and returns how many requests stand. */
    public final int uncancel() {
        var left = 0;
        var isOwn = isOwnThread();
        var now = lock(isOwn);
        try {
            var list = requests;
            if (list != null) {
                now = isOwn ? resolve(list, now, Interrupts.Sign.NONE) : now;
                list.uncancel();
                left = list.count();
                now = settle(list, now);
            } else if (isDone(now)) {
                left = countOf(now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        return left;
    }

    /** The number of requests: those made and not yet taken back. Of one that has ended, what it was at its end. */
    @Override
    public final int cancelling() {
        var seen = state;
        if ((seen & LOCKED) == 0 && requests == null) {
            return isDone(seen) ? countOf(seen) : 0;
        }
        var now = lock();
        try {
            return requests != null ? requests.count() : isDone(now) ? countOf(now) : 0;
        } finally {
            state = now;
        }
    }

    /** A mark for {@link #othersSince}: what has not been delivered by now counts as made since. Own thread only. */
    public final int requestMark() {
        if ((state & LOCKED) == 0 && requests == null) {
            return 0;
        }
        var now = lock();
        try {
            return requests == null ? 0 : requests.mark();
        } finally {
            state = now;
        }
    }

    /**
     * Own thread, joining: why this was asked to stop since the join began or this was last called; null if it was not.
     */
    final @Nullable Cancellation askedDuringJoin() {
        var now = lock();
        try {
            return requests == null ? null : requests.takeNew();
        } finally {
            state = now;
        }
    }

    /** Whether anybody but {@code except} has asked this to stop since {@code mark}, and still wants it. */
    public final boolean othersSince(int mark, @Nullable Request except) {
        var now = lock();
        try {
            var list = requests;
            return list != null && list.othersSince(mark, except, Scheduler.NEVER) != RequestList.Others.NONE;
        } finally {
            state = now;
        }
    }

    /**
     * What passes on of {@code thrown}, by which a block has ended that has made the request {@code except}: null if it
     * is meant for the block alone. Otherwise it tells all the others, under the reason of one of them. Timeouts with a
     * later deadline than {@code deadlineNanos} do not count if the block was told of both at once; if there are but
     * such, they will be told anew.
     */
    public final @Nullable Throwable passOn(int mark, @Nullable Request except, long deadlineNanos, Throwable thrown) {
        var others = RequestList.Others.NONE;
        Cancellation reason = null;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                others = list.othersSince(mark, except, deadlineNanos);
                switch (others) {
                    case SOME -> {
                        reason = list.reasonSince(mark, except);
                        list.deliver();
                        now = settle(list, now);
                    }
                    case LATER_TIMEOUTS -> now = rearm(list, now, mark);
                    case NONE -> {}
                }
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        if (others != RequestList.Others.SOME) {
            return null;
        }
        if (reason != null
                && except != null
                && thrown instanceof CancelledException told
                && told.cancellation() == except.cancellation) {
            return CarriedFailures.replace(thrown, Api.cancelled(reason, true));
        }
        return thrown;
    }

    /**
     * Some other exception takes the place of {@code stopped}, by which a wait of this was ended: what it told of, made
     * since {@code mark}, is delivered once more.
     */
    public final void tellAgain(InterruptedException stopped, int mark) {
        if (!(stopped instanceof CancelledException)) {
            Thread.currentThread().interrupt();
            return;
        }
        tellAgain(mark);
    }

    /** What was asked since {@code mark} is delivered once more. Own thread only. */
    final void tellAgain(int mark) {
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                now = rearm(list, now, mark);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
    }

    /**
     * Has nothing pending any more, without telling of it: {@link #tellAgain(int)} is to follow. Own thread only.
     *
     * @param thrown what tells of some of it, perhaps
     * @return the mark that comes before what was pending
     */
    final int setAside(@Nullable Throwable thrown) {
        if (requests == null) {
            return 0;
        }
        var sign = Interrupts.signOf(thrown);
        var mark = 0;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                now = resolve(list, now, sign);
                mark = list.mark();
                list.deliver();
                now = settle(list, now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        return mark;
    }

    /** The reason that an outcome names: the latest. */
    public final @Nullable Cancellation cancellation() {
        var now = lock();
        try {
            return requests == null ? null : requests.reason();
        } finally {
            state = now;
        }
    }

    /** What this was asked, as long as it stands and this has not ended; null if nothing. */
    public final @Nullable Asked asked() {
        if ((state & LOCKED) == 0 && requests == null) {
            return null;
        }
        Cancellation reason = null;
        var count = 0;
        var now = lock();
        try {
            var list = requests;
            if (list != null && !isDone(now)) {
                reason = list.reason();
                count = list.count();
            }
        } finally {
            state = now;
        }
        return reason == null ? null : new Asked(count, reason);
    }

    /**
     * Requests to stop.
     *
     * @param count how many stand
     * @param cancellation the reason that an outcome names
     */
    public record Asked(int count, Cancellation cancellation) {}

    /** Own thread, at its end: whether this has asked itself to stop and has not been told so yet. */
    final boolean endsBeforeOwnRequestIsDelivered() {
        if (requests == null) {
            return false;
        }
        var now = lockOwn();
        try {
            var list = requests;
            if (list == null) {
                return false;
            }
            now = resolve(list, now, Interrupts.Sign.NONE);
            assert isConsistent(now, list);
            return list.hasUndeliveredOwn();
        } finally {
            state = now;
        }
    }

    /** Whether {@code request} still stands. */
    final boolean stands(Request request) {
        var now = lock();
        try {
            return requests != null && requests.contains(request);
        } finally {
            state = now;
        }
    }

    // ---- shields

    /** The number of shields that the own thread is in now. Own thread only. */
    public final int shields() {
        var list = requests;
        return list == null ? 0 : list.shields();
    }

    /** Holds back, until {@link #endShield}, what is pending and what is asked from outside. Own thread only. */
    public final void beginShield() {
        StackReserve.forConstruct();
        var spare = newList();
        var held = new HeldBack();
        var now = lockOwn();
        try {
            var list = Objects.requireNonNull(requests == null ? spare : requests, "a list");
            requests = list;
            now = resolve(list, now, Interrupts.Sign.NONE);
            if ((now & SENT) != 0) {
                takeInterrupt();
                held.interrupted = list.interruptOwed;
                list.interruptOwed = false;
            }
            held.interrupted |= takeInterrupt();
            list.beginShield(held);
            now &= ~(SENT | PENDING);
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
    }

    /** Lets pass what the innermost shield has held back: it is pending from now on. Own thread only. */
    public final void endShield() {
        CancelAction triggered = null;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                now = resolve(list, now, Interrupts.Sign.NONE);
                if (list.endShield()) {
                    setInterrupt();
                }
                if (list.hasUndelivered()) {
                    now = sendToSelf(list, now | PENDING);
                }
                triggered = list.takeTriggered();
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        CancelAction.startAll(triggered);
    }

    /** The own thread was interrupted from elsewhere. @return whether that is held back by a shield */
    final boolean holdInterruptBack() {
        var held = false;
        var now = lock();
        try {
            held = requests != null && requests.holdInterruptBack();
        } finally {
            state = now;
        }
        return held;
    }

    // ---- actions

    /** The innermost action that requests trigger. Own thread only. */
    public final @Nullable CancelAction cancelAction() {
        var list = requests;
        return list == null ? null : list.actions;
    }

    /** Has {@code action} triggered by requests from now on, and at once if one is pending. */
    final void addCancelAction(CancelAction action) {
        StackReserve.forCall();
        var spare = newList();
        var triggered = false;
        var now = lock();
        try {
            var list = listOr(spare);
            action.outer = list.actions;
            list.actions = action;
            triggered = (now & PENDING) != 0 && action.trigger(list.isOnlyBlocksPending());
        } finally {
            state = now;
        }
        if (triggered) {
            action.start();
        }
    }

    final void removeCancelAction(CancelAction action) {
        var now = lock();
        try {
            var list = requests;
            if (list != null) {
                list.actions = action.outer;
            }
        } finally {
            state = now;
        }
    }
}
