package dev.weft.internal.scope;

import dev.weft.internal.task.StructuredStrand;
import org.jspecify.annotations.Nullable;

/** A strand that waits for a completion, or for the end of all. Made before the lock is taken. */
final class CompletionWaiter {
    final StructuredStrand strand;

    /** In its list; then, once that is over, in the list of those to be unparked. */
    @Nullable
    CompletionWaiter next;

    CompletionWaiter(StructuredStrand strand) {
        this.strand = strand;
    }

    static @Nullable CompletionWaiter without(@Nullable CompletionWaiter first, CompletionWaiter removed) {
        if (first == removed) {
            return first.next;
        }
        for (var waiter = first; waiter != null; waiter = waiter.next) {
            if (waiter.next == removed) {
                waiter.next = removed.next;
            }
        }
        return first;
    }

    static void unpark(@Nullable CompletionWaiter waiters) {
        for (var waiter = waiters; waiter != null; waiter = waiter.next) {
            waiter.strand.scheduler().unpark(waiter.strand);
        }
    }
}
