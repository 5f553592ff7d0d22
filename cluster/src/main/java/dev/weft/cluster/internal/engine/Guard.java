package dev.weft.cluster.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one lock of a node. Actions that must not happen under a lock (starting and cancelling tasks, waking waiters,
 * calling listeners) are noted by {@link #later}, and done by the same thread when the lock is free: all of them,
 * whatever one of them or the section throws.
 */
final class Guard {

    private static final List<Runnable> NONE = List.of();

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> after = NONE;

    <T extends @Nullable Object> T ask(Supplier<T> action) {
        if (lock.isHeldByCurrentThread()) {
            throw new AssertionError("the lock is held already");
        }
        var noted = NONE;
        lock.lock();
        try {
            return action.get();
        } finally {
            noted = after;
            after = NONE; // others note in a list of their own as soon as the lock is free
            lock.unlock();
            doAll(noted);
        }
    }

    private static void doAll(List<Runnable> noted) {
        Throwable failure = null;
        for (var i = 0; i < noted.size(); i++) {
            try {
                noted.get(i).run();
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            Guard.<RuntimeException>sneak(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable e) throws X {
        throw (X) e;
    }

    void with(Runnable action) {
        this.<Boolean>ask(() -> {
            action.run();
            return true;
        });
    }

    /** With the lock held. */
    void later(Runnable action) {
        if (after == NONE) {
            after = new ArrayList<>();
        }
        after.add(action);
    }
}
