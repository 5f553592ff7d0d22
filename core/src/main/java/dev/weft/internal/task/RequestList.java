package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.internal.api.Api;
import org.jspecify.annotations.Nullable;

/** The requests to one strand that stand, newest first. Guarded by the strand's lock. */
final class RequestList {

    /** The requests since a mark, except one. */
    enum Others {
        NONE,
        /** Only timeouts with a later deadline, made before the one was delivered. */
        LATER_TIMEOUTS,
        SOME
    }

    private @Nullable Request newest;
    private int sequence;

    /** The last one that a join has passed on. */
    private int seen;

    /** The number of times that something was delivered. */
    private int deliveries;

    /** Of the innermost shield. */
    private @Nullable HeldBack heldBack;

    /**
     * An interrupt from elsewhere was pending when one was sent for a request: they became one, and it is still owed.
     */
    boolean interruptOwed;

    /** Interrupts sent for requests since it was last known what became of them. */
    int sends;

    /** The actions that requests trigger. */
    final CancelActions actions = new CancelActions();

    /** Comes before all that has not been delivered, and all that is yet to come. */
    int mark() {
        var mark = sequence;
        for (var request = newest; request != null; request = request.next) {
            if (!request.delivered) {
                mark = Math.min(mark, request.sequence - 1);
            }
        }
        return mark;
    }

    /** Adds a request; it may become one with an earlier one, which is kept. */
    void add(Request request) {
        request.sequence = ++sequence;
        if (request.madeAfter < 0) {
            request.madeAfter = deliveries;
        }
        var first = newest;
        if (first != null && first.kind == Request.Kind.CANCEL && request.kind == Request.Kind.CANCEL) {
            if (!first.delivered) {
                first.merge(request);
                return;
            }
            var second = first.next;
            if (second != null && second.kind == Request.Kind.CANCEL && second.delivered) {
                first.count += second.count;
                first.next = second.next;
            }
        }
        request.next = first;
        request.isKept = true;
        newest = request;
    }

    /** Whether actions take the place of the interrupts for all that has not been delivered. */
    boolean defersAll() {
        for (var request = newest; request != null; request = request.next) {
            if (!request.delivered && !actions.defers(request)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The thread is going to be interrupted.
     *
     * @param state the strand's before
     * @param isInterrupted whether the status is set already
     */
    void sending(int state, boolean isInterrupted) {
        if ((state & Delivery.SENT) == 0) {
            interruptOwed |= isInterrupted;
            sends = 0;
        }
    }

    /** The thread has been interrupted. */
    void sent() {
        sends++;
    }

    void remove(Request request) {
        if (newest == request) {
            newest = request.next;
            return;
        }
        for (var before = newest; before != null; before = before.next) {
            if (before.next == request) {
                before.next = request.next;
                return;
            }
        }
    }

    /** Takes one cancel back, if there is one. */
    void uncancel() {
        for (var shield = heldBack; shield != null; shield = shield.outer) {
            if (shield.uncancel()) {
                return;
            }
        }
        for (var request = newest; request != null; request = request.next) {
            if (request.kind == Request.Kind.CANCEL || request.kind == Request.Kind.CALLER) {
                if (--request.count == 0) {
                    remove(request);
                }
                return;
            }
        }
    }

    boolean contains(Request wanted) {
        for (var shield = heldBack; shield != null; shield = shield.outer) {
            if (shield.contains(wanted)) {
                return true;
            }
        }
        for (var request = newest; request != null; request = request.next) {
            if (request == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody who stops many at once has asked already. */
    boolean containsReason(Cancellation reason) {
        for (var shield = heldBack; shield != null; shield = shield.outer) {
            if (shield.containsReason(reason)) {
                return true;
            }
        }
        for (var request = newest; request != null; request = request.next) {
            if (request.cancellation == reason) {
                return true;
            }
        }
        return false;
    }

    int count() {
        var count = 0;
        for (var request = newest; request != null; request = request.next) {
            count += request.count;
        }
        for (var shield = heldBack; shield != null; shield = shield.outer) {
            count += shield.count();
        }
        return count;
    }

    /** Whether one that has not been delivered was made by a block, and none by anybody else. */
    boolean isOnlyBlocksPending() {
        for (var request = newest; request != null; request = request.next) {
            if (!request.delivered && !request.isOfBlock()) {
                return false;
            }
        }
        return true;
    }

    boolean hasUndelivered() {
        return undelivered(false);
    }

    /** Whether the strand has asked itself, and does not know yet. */
    boolean hasUndeliveredOwn() {
        return undelivered(true);
    }

    private boolean undelivered(boolean onlyOwn) {
        for (var request = newest; request != null; request = request.next) {
            if (!request.delivered && (request.own || !onlyOwn)) {
                return true;
            }
        }
        return false;
    }

    /** Delivers all; the oldest that was not delivered is what the exception tells of. */
    @Nullable
    Request deliver() {
        return deliver(false);
    }

    /** Another thread finds that the thread has noticed its interrupt. */
    void deliverPromptly() {
        deliver(true);
    }

    private @Nullable Request deliver(boolean promptly) {
        Request oldest = null;
        var number = deliveries + 1;
        for (var request = newest; request != null; request = request.next) {
            if (!request.delivered) {
                request.deliver(number, promptly);
                deliveries = number;
                oldest = request;
            }
        }
        return oldest;
    }

    /** Has what was asked since {@code mark} be delivered anew; false if there is nothing. */
    boolean rearmSince(int mark) {
        var found = false;
        for (var request = newest; request != null && isSince(request, mark); request = request.next) {
            request.delivered = false;
            found = true;
        }
        return found;
    }

    /** The requests since {@code mark}, without {@code except}. */
    Others othersSince(int mark, @Nullable Request except, long deadlineNanos) {
        var others = Others.NONE;
        for (var request = newest; request != null && isSince(request, mark); request = request.next) {
            if (request == except) {
                continue;
            }
            if (request.kind != Request.Kind.TIMEOUT
                    || Api.nanos(request.cancellation.at()) <= deadlineNanos
                    || (except != null && request.hasPassedAfterDeliveryOf(except))) {
                return Others.SOME;
            }
            others = Others.LATER_TIMEOUTS;
        }
        return others;
    }

    /** Why the first one but {@code except} has asked since {@code mark}. */
    @Nullable
    Cancellation reasonSince(int mark, @Nullable Request except) {
        Cancellation reason = null;
        for (var request = newest; request != null && isSince(request, mark); request = request.next) {
            if (request != except) {
                reason = request.cancellation;
            }
        }
        return reason;
    }

    /** From now on, {@link #takeNew} tells of what has not been delivered. */
    void expectNew() {
        seen = mark();
    }

    /** Why the first one has asked since the last call or {@link #expectNew}; null if nobody has. */
    @Nullable
    Cancellation takeNew() {
        var reason = reasonSince(seen, null);
        seen = sequence;
        return reason;
    }

    private static boolean isSince(Request request, int mark) {
        return request.sequence - mark > 0;
    }

    /** The latest cancel's reason, or else the latest request's. */
    @Nullable
    Cancellation reason() {
        for (var shield = heldBack; shield != null; shield = shield.outer) {
            var reason = shield.reason();
            if (reason != null) {
                return reason;
            }
        }
        return reasonNotHeldBack();
    }

    /** {@link #reason()} of what may be delivered now. */
    @Nullable
    Cancellation reasonNotHeldBack() {
        for (var request = newest; request != null; request = request.next) {
            if (request.kind == Request.Kind.CANCEL) {
                return request.cancellation;
            }
        }
        return newest == null ? null : newest.cancellation;
    }

    // ---- shields

    int shields() {
        return heldBack == null ? 0 : heldBack.depth;
    }

    /** Everything that has not been delivered is held back by {@code shield}, as it was asked outside of it. */
    void beginShield(HeldBack shield) {
        shield.outer = heldBack;
        shield.depth = shields() + 1;
        heldBack = shield;
        Request before = null;
        for (var request = newest; request != null; ) {
            var next = request.next;
            if (request.delivered) {
                before = request;
            } else {
                if (before == null) {
                    newest = next;
                } else {
                    before.next = next;
                }
                shield.addFirst(request);
            }
            request = next;
        }
    }

    /** Holds back a new request that was asked outside of the innermost shield; false if it may be delivered now. */
    boolean holdBack(Request request) {
        var shield = heldBack;
        if (shield == null || request.shields >= shield.depth) {
            return false;
        }
        if (request.madeAfter < 0) {
            request.madeAfter = deliveries;
        }
        shield.add(request);
        return true;
    }

    /** Holds back an interrupt from elsewhere; false if there is no shield. */
    boolean holdInterruptBack() {
        if (heldBack == null) {
            return false;
        }
        heldBack.interrupted = true;
        return true;
    }

    /**
     * Ends the innermost shield. Requests that it has held back are pending now, or are held back by the next one.
     *
     * @return whether the thread is to be interrupted for an interrupt from elsewhere
     */
    boolean endShield() {
        var ended = heldBack;
        if (ended == null) {
            return false;
        }
        var outerShield = ended.outer;
        heldBack = outerShield;
        for (var request = ended.takeFirst(); request != null; request = ended.takeFirst()) {
            if (!holdBack(request)) {
                add(request);
                actions.trigger(request);
            }
        }
        if (outerShield != null) {
            outerShield.interrupted |= ended.interrupted;
        }
        return outerShield == null && ended.interrupted;
    }
}
