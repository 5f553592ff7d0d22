package dev.weft.internal.task;

import org.jspecify.annotations.Nullable;

/** The cancel actions of the blocks that a strand is in. Guarded by the strand's lock; allocates nothing. */
final class CancelActions {

    private @Nullable CancelAction innermost;

    /** Linked to those that were triggered before. */
    private @Nullable CancelAction triggered;

    @Nullable
    CancelAction innermost() {
        return innermost;
    }

    /** The block of {@code action} begins. */
    void add(CancelAction action) {
        action.outer = innermost;
        innermost = action;
    }

    /** The block of {@code action}, the innermost, has ended. */
    void remove(CancelAction action) {
        innermost = action.outer;
    }

    /** Triggers those that {@code request} concerns. */
    void trigger(Request request) {
        var last = triggered;
        while (last != null && last.nextTriggered != null) {
            last = last.nextTriggered;
        }
        for (var action = innermost; action != null && action != request.outerAction; action = action.outer) {
            if (action.trigger(request.isOfBlock())) {
                if (last == null) {
                    triggered = action;
                } else {
                    last.nextTriggered = action;
                }
                last = action;
            }
        }
    }

    /** The actions triggered since the last call, linked, which the caller must start. */
    @Nullable
    CancelAction takeTriggered() {
        var taken = triggered;
        triggered = null;
        return taken;
    }

    /** Whether an action that {@code request} triggers takes the place of its interrupt, so far. */
    boolean defers(Request request) {
        for (var action = innermost; action != null && action != request.outerAction; action = action.outer) {
            if (action.defersInterrupts) {
                return true;
            }
        }
        return false;
    }

    /** From now on {@code wanted} takes the place of no interrupt. Returns false if its block has ended. */
    boolean deferNoMore(CancelAction wanted) {
        for (var action = innermost; action != null; action = action.outer) {
            if (action == wanted) {
                action.defersInterrupts = false;
                return true;
            }
        }
        return false;
    }
}
