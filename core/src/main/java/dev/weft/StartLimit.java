package dev.weft;

import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;

/** Starts tasks in the order of their coming, a limited number at once. Thread-safe. */
final class StartLimit {

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<TaskImpl<?>> queue = new LinkedHashSet<>();
    private int free;

    StartLimit(int limit) {
        free = limit;
    }

    /** Starts {@code task} now or later. */
    void submit(TaskImpl<?> task) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                task.start();
            } else {
                queue.add(task);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts the next one in the place of {@code task}, if that was started. */
    void ended(TaskImpl<?> task) {
        if (task.thread() == null) {
            return;
        }
        lock.lock();
        try {
            if (queue.isEmpty()) {
                free++;
            } else {
                queue.removeFirst().start();
            }
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
