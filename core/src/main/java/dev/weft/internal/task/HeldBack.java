package dev.weft.internal.task;

import dev.weft.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a shield holds back: requests that were asked outside of it, oldest first, and interrupts from elsewhere.
 * Guarded by the strand's lock.
 */
final class HeldBack {

    /** The shield around this one. */
    @Nullable
    HeldBack outer;

    /** The number of shields, this one included. */
    int depth;

    /** The thread was interrupted by somebody outside of Weft. */
    boolean interrupted;

    private @Nullable Request oldest;

    /** Puts one before all others. */
    void addFirst(Request request) {
        request.next = oldest;
        oldest = request;
    }

    /** Adds one; a cancel becomes one with an earlier one, so that a million of them take no memory. */
    void add(Request request) {
        Request last = null;
        for (var held = oldest; held != null; held = held.next) {
            if (held.kind == Request.Kind.CANCEL && request.kind == Request.Kind.CANCEL) {
                held.merge(request);
                return;
            }
            last = held;
        }
        request.next = null;
        request.isKept = true;
        if (last == null) {
            oldest = request;
        } else {
            last.next = request;
        }
    }

    @Nullable
    Request takeFirst() {
        var taken = oldest;
        if (taken != null) {
            oldest = taken.next;
            taken.next = null;
        }
        return taken;
    }

    /** Takes one cancel back; false if there is none. */
    boolean uncancel() {
        Request before = null;
        for (var held = oldest; held != null; held = held.next) {
            if (held.kind == Request.Kind.CANCEL || held.kind == Request.Kind.CALLER) {
                if (--held.count == 0) {
                    if (before == null) {
                        oldest = held.next;
                    } else {
                        before.next = held.next;
                    }
                }
                return true;
            }
            before = held;
        }
        return false;
    }

    boolean contains(Request wanted) {
        for (var held = oldest; held != null; held = held.next) {
            if (held == wanted) {
                return true;
            }
        }
        return false;
    }

    boolean containsReason(Cancellation reason) {
        for (var held = oldest; held != null; held = held.next) {
            if (held.cancellation == reason) {
                return true;
            }
        }
        return false;
    }

    int count() {
        var count = 0;
        for (var held = oldest; held != null; held = held.next) {
            count += held.count;
        }
        return count;
    }

    /** A cancel's reason, or else the latest request's. */
    @Nullable
    Cancellation reason() {
        Cancellation latest = null;
        for (var held = oldest; held != null; held = held.next) {
            if (held.kind == Request.Kind.CANCEL) {
                return held.cancellation;
            }
            latest = held.cancellation;
        }
        return latest;
    }
}
