package dev.weft.internal.scope;

import dev.weft.Problem;
import dev.weft.internal.task.Owner;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.TaskImpl;
import org.jspecify.annotations.Nullable;

/** First in, first out. Allocates nothing, as it is used with the lock held. */
final class Arrivals<T extends @Nullable Object> {

    /** A task that has ended. Linked to those that have ended before it; in a list to those after it. */
    static final class Arrival<T extends @Nullable Object> {
        final TaskImpl<T> task;

        @Nullable
        Arrival<T> next;

        Arrival(TaskImpl<T> task) {
            this.task = task;
        }

        /** Reports the failures that nobody has looked at, of what {@code owner} has started, from this on. */
        void reportUnseenOf(Owner owner) {
            for (var unseen = this; unseen != null; unseen = unseen.next) {
                var failed = unseen.task;
                if (failed.owner() == owner && failed.hasUnobservedFailure()) {
                    for (var failure : failed.failures()) {
                        Problems.of(failed)
                                .report(
                                        Problem.Kind.UNOBSERVED_FAILURE,
                                        failed.describe() + " failed, and asCompleted was left without looking at it",
                                        failed,
                                        failure);
                    }
                }
            }
        }
    }

    @Nullable
    Arrival<T> first;

    private @Nullable Arrival<T> last;

    void add(Arrival<T> arrival) {
        arrival.next = null;
        if (last == null) {
            first = arrival;
        } else {
            last.next = arrival;
        }
        last = arrival;
    }

    void addFirst(Arrival<T> arrival) {
        arrival.next = first;
        first = arrival;
        if (last == null) {
            last = arrival;
        }
    }

    @Nullable
    Arrival<T> poll() {
        var polled = first;
        if (polled != null) {
            first = polled.next;
            if (first == null) {
                last = null;
            }
        }
        return polled;
    }
}
