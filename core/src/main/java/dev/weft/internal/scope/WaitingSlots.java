package dev.weft.internal.scope;

import org.jspecify.annotations.Nullable;

/** Completions that are waited for and not bound yet, first in, first out. Guarded by the order's lock. */
final class WaitingSlots<T extends @Nullable Object> {

    @Nullable
    CompletionSlot<T> first;

    private @Nullable CompletionSlot<T> last;

    void add(CompletionSlot<T> slot) {
        slot.isWaiting = true;
        slot.before = last;
        if (last == null) {
            first = slot;
        } else {
            last.after = slot;
        }
        last = slot;
    }

    void remove(CompletionSlot<T> slot) {
        var before = slot.before;
        var after = slot.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        slot.isWaiting = false;
        slot.before = null;
        slot.after = null;
    }
}
