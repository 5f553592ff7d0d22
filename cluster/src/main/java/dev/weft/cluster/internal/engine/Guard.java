package dev.weft.cluster.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one lock of a node. Actions that must not happen under a lock (starting and cancelling tasks, waking waiters,
 * calling listeners) are noted by {@link #later}, and done by the same thread when the lock is free.
 */
final class Guard {

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> after = new ArrayList<>();

    <T extends @Nullable Object> T ask(Supplier<T> action) {
        if (lock.isHeldByCurrentThread()) {
            throw new AssertionError("the lock is held already");
        }
        T result;
        List<Runnable> noted;
        lock.lock();
        try {
            result = action.get();
        } finally {
            noted = after.isEmpty() ? List.of() : after; // others add to an empty one as soon as the lock is free
            if (!noted.isEmpty()) {
                after = new ArrayList<>();
            }
            lock.unlock();
        }
        noted.forEach(Runnable::run);
        return result;
    }

    void with(Runnable action) {
        this.<Boolean>ask(() -> {
            action.run();
            return true;
        });
    }

    /** With the lock held. */
    void later(Runnable action) {
        after.add(action);
    }
}
