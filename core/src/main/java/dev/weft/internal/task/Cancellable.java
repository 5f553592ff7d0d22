package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.internal.api.Api;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.Interrupts;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.StackReserve;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A strand that can be asked to stop. Keeps the requests, each of which {@link Delivery} delivers once. */
abstract class Cancellable extends StandingRequests {

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
     * <p>With no lock held: interrupts and actions are foreign code.
     *
     * @return false if it has ended, or the request was withdrawn before it was made
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
            if (isDone(now) || request.isWithdrawn) {
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

    /** With the lock held. A list vanishes only when the strand ends. */
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
        list.actions.trigger(request);
        var interrupts = (before & MODE) == RUNNING && !list.actions.defers(request);
        var pending = interrupts ? send(list, before | PENDING) : before | PENDING;
        assert isConsistent(pending, list);
        return pending;
    }

    /** With the lock held. */
    final @Nullable CancelAction takeTriggered() {
        var list = requests;
        return list == null ? null : list.actions.takeTriggered();
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

    /** Own thread, joining: what this is asked meanwhile, {@code target}'s tasks are asked too, so that they hurry. */
    final void passOnWhileJoining(Awaitable target, boolean interrupted) {
        try {
            var reason = isPending() ? askedDuringJoin() : null;
            if (reason == null && interrupted) {
                reason = Cancellations.now(scheduler(), "interrupted", describe());
            }
            if (reason != null) {
                var cancellation = reason;
                Interrupter.askMany(interrupter ->
                        target.forEachJoined(task -> task.request(Request.ofMany(cancellation), interrupter)));
            }
        } catch (Throwable e) {
            // no memory or stack to hurry them: they were asked once, and the join must not end before they do
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
                    now = sendUnlessDeferred(list, now | PENDING);
                }
                triggered = list.actions.takeTriggered();
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
        return list == null ? null : list.actions.innermost();
    }

    /**
     * Has {@code action} triggered by requests from now on, and at once if one is pending: an interrupt that was sent
     * for that, and that nobody has noticed, is taken back. Own thread only.
     */
    final void addCancelAction(CancelAction action) {
        StackReserve.forCall();
        var spare = newList();
        beginDeferring();
        var triggered = false;
        var now = lockOwn();
        try {
            var list = listOr(spare);
            now = resolve(list, now, Interrupts.Sign.NONE);
            list.actions.add(action);
            if ((now & PENDING) != 0) {
                triggered = action.trigger(list.isOnlyBlocksPending());
                if ((now & SENT) != 0) {
                    takeInterrupt();
                    payInterrupt(list);
                    now &= ~SENT;
                }
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        if (triggered) {
            action.start();
        }
    }

    /**
     * The block of {@code action}, the innermost, has ended. Own thread only.
     *
     * @param noticed whether it has ended by an exception that tells of what was asked while no interrupt was sent
     */
    final void removeCancelAction(CancelAction action, boolean noticed) {
        endDeferring();
        var now = lockOwn();
        try {
            var list = requests;
            if (list != null) {
                if (noticed && (now & (PENDING | SENT)) == PENDING) {
                    list.deliver();
                    now = settle(list, now);
                }
                list.actions.remove(action);
                now = sendUnlessDeferred(list, now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
    }

    /** The block of {@code action} has not ended: from now on interrupts are sent for what it was asked. */
    final void deferNoMore(CancelAction action) {
        var sends = false;
        var now = lockReserved();
        try {
            var before = now;
            var list = requests;
            if (list != null && list.actions.deferNoMore(action)) {
                var isDue = (now & (MODE | PENDING | SENT | SENDING)) == (RUNNING | PENDING);
                now = isDue && !list.defersAll() ? send(list, now) : now;
                sends = isSender(before, now);
            }
            assert isConsistent(now, list);
        } finally {
            state = now;
        }
        if (sends) {
            Interrupter.send(this, null);
        }
    }
}
