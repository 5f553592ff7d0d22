package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** The pending cancellation requests of a strand: counted, withdrawn, passed on and delivered again. */
abstract class StandingRequests extends Delivery {

    /** One that has not begun. */
    StandingRequests(Scheduler scheduler) {
        super(scheduler);
    }

    /** One that is running on {@code thread}. */
    StandingRequests(Scheduler scheduler, Thread thread) {
        super(scheduler, thread);
    }

    /**
     * Takes a request back that a block of the calling thread's has made, or is about to make. If nobody has noticed
     * it, nobody will.
     *
     * @param thrown what the block has ended with
     * @return whether it was delivered
     */
    public final boolean withdraw(Request request, @Nullable Throwable thrown) {
        var sign = Interrupts.signOf(thrown);
        var now = lockOwn();
        try {
            request.isWithdrawn = true;
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
     * The part of {@code thrown} that goes on, when a block has ended by it that has made the request {@code except}:
     * null if it is meant for the block alone. Otherwise it tells all the others, under the reason of one of them.
     * Timeouts with a later deadline than {@code deadlineNanos} do not count if the block was told of both at once; if
     * there are but such, they will be told anew. If {@code thrown} comes of an interrupt from elsewhere, as the one
     * that was sent for the others is still to be noticed, it tells of none.
     */
    public final @Nullable Throwable passOn(int mark, @Nullable Request except, long deadlineNanos, Throwable thrown) {
        var sign = Interrupts.signOf(thrown);
        var others = RequestList.Others.NONE;
        Cancellation reason = null;
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                var wasTold = except != null && except.delivered;
                if (wasTold || sign != Interrupts.Sign.CLEARED || !isStillToBeNoticed(list, now)) {
                    others = list.othersSince(mark, except, deadlineNanos);
                }
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

    /** Delivers the requests since {@code mark} once more. Own thread only. */
    public final void tellAgain(int mark) {
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

    /** The pending request, as long as this has not ended; null if there is none. */
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
}
