package dev.weft.internal.scope;

import dev.weft.internal.task.TaskImpl;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Starts tasks in the order of their coming, a limited number at once, until it is closed. Thread-safe. */
final class StartLimit {

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<TaskImpl<?>> queue = new LinkedHashSet<>();
    private int free;
    private boolean closed;

    StartLimit(int limit) {
        free = limit;
    }

    /**
     * Starts {@code task} now or later, or ends it if it never will be. One that cannot be kept until there is a place
     * ends at once, as one that cannot be started does.
     */
    void startOrEnd(TaskImpl<?> task) {
        try {
            if (!submit(task)) {
                task.endUnstarted();
            }
        } catch (Throwable e) {
            task.cannotStart(e);
        }
    }

    private boolean submit(TaskImpl<?> task) {
        Throwable why = null;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (free > 0) {
                free--;
                why = tryStart(task);
            } else {
                queue.add(task);
            }
        } finally {
            lock.unlock();
        }
        endIf(why, task);
        return true;
    }

    /** With the lock held, so that tasks start in order. Calls the runtime alone. @return why it could not be done */
    private static @Nullable Throwable tryStart(TaskImpl<?> task) {
        task.started = true;
        try {
            task.scheduler().start(task);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** With no lock held: whoever is told of the end is users' code. */
    private static void endIf(@Nullable Throwable cannotStart, TaskImpl<?> task) {
        if (cannotStart != null) {
            task.cannotStart(cannotStart);
        }
    }

    /** Starts the next one in the place of {@code task}, if that was started. */
    void ended(TaskImpl<?> task) {
        if (!task.started) {
            return;
        }
        TaskImpl<?> next;
        Throwable why;
        lock.lock();
        try {
            if (queue.isEmpty() || closed) {
                free++;
                return;
            }
            next = queue.removeFirst();
            why = tryStart(next);
        } finally {
            lock.unlock();
        }
        endIf(why, next);
    }

    /** Starts nothing any more. Those that wait are still to be {@linkplain #remove taken out}. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code task} out: true if it was still waiting, and so will not be started. */
    boolean remove(TaskImpl<?> task) {
        lock.lock();
        try {
            return queue.remove(task);
        } finally {
            lock.unlock();
        }
    }
}
