package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.Strand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The task that a sweep cancels, in one of its waits. In turn only. */
final class CancelAim {

    private final @Nullable CancelPoint point;
    private @Nullable Strand toBeCancelled;

    /** @param point null if nothing is cancelled */
    CancelAim(@Nullable CancelPoint point) {
        this.point = point;
    }

    /**
     * A strand begins to wait.
     *
     * @param ordinal which it is, in the order of creation
     * @param occasion how often it has waited, with this time
     * @param soon does an action in a turn of its own
     */
    void waits(Strand strand, int ordinal, int occasion, Consumer<Runnable> soon) {
        if (point != null && point.task() == ordinal && point.occasion() == occasion) {
            switch (point.moment()) {
                case WAITING -> soon.accept(() -> cancel(strand));
                case WAKING -> toBeCancelled = strand;
            }
        }
    }

    /** A strand has waited, and goes on. */
    void goesOn(Strand strand) {
        if (strand == toBeCancelled) {
            toBeCancelled = null;
            cancel(strand);
        }
    }

    private static void cancel(Strand strand) {
        if (strand instanceof Task<?> task) {
            task.cancel("cancellation sweep");
        }
    }
}
