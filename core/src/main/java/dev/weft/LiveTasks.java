package dev.weft;

import dev.weft.runtime.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an owner that have not ended. Adding and removing cost the same however many there are, and spread over
 * stripes, so that many cores can do it at once. Thread-safe. Where tasks take turns there is one stripe: the order of
 * the tasks must not depend on the machine.
 */
final class LiveTasks {

    private static final int STRIPES =
            Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64));

    private final Stripe[] stripes;

    LiveTasks(Scheduler scheduler) {
        stripes = new Stripe[scheduler.takesTurns() ? 1 : STRIPES];
        for (var i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe();
        }
    }

    void add(TaskImpl<?> task) {
        stripeOf(task).add(task);
    }

    void remove(TaskImpl<?> task) {
        stripeOf(task).remove(task);
    }

    private Stripe stripeOf(TaskImpl<?> task) {
        return stripes[task.place & (stripes.length - 1)];
    }

    /** Calls {@code action} for a snapshot, without holding a lock. */
    void forEach(Consumer<? super TaskImpl<?>> action) {
        for (var stripe : stripes) {
            stripe.snapshot().forEach(action);
        }
    }

    /** A doubly linked list through the tasks themselves. */
    private static final class Stripe {

        private final BriefLock lock = new BriefLock();
        private @Nullable TaskImpl<?> first;

        void add(TaskImpl<?> task) {
            lock.lock();
            var second = first;
            task.liveNext = second;
            if (second != null) {
                second.livePrevious = task;
            }
            first = task;
            lock.unlock();
        }

        void remove(TaskImpl<?> task) {
            lock.lock();
            var before = task.livePrevious;
            var after = task.liveNext;
            if (before != null) {
                before.liveNext = after;
            } else if (first == task) {
                first = after;
            }
            if (after != null) {
                after.livePrevious = before;
            }
            lock.unlock();
            task.livePrevious = null;
            task.liveNext = null;
        }

        List<TaskImpl<?>> snapshot() {
            var tasks = new ArrayList<TaskImpl<?>>();
            lock.lock();
            try {
                for (var task = first; task != null; task = task.liveNext) {
                    tasks.add(task);
                }
            } finally {
                lock.unlock();
            }
            return tasks;
        }
    }
}
