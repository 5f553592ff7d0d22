package dev.weft.internal.scope;

import dev.weft.internal.runtime.BriefLock;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.task.TaskImpl;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an owner that have not ended. Adding and removing cost the same however many there are, and spread over
 * stripes, so that many cores can do it at once: nothing counts them as long as it is open. Thread-safe. Where tasks
 * take turns there is one stripe: the order of the tasks must not depend on the machine.
 */
public final class LiveTasks {

    private static final int STRIPES =
            Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64));

    /** How many are looked at while a stripe is locked: a few microseconds' worth. */
    private static final int CHUNK = Sizes.of(32, 1);

    private final Stripe[] stripes;

    public LiveTasks(Scheduler scheduler) {
        stripes = new Stripe[scheduler.takesTurns() ? 1 : STRIPES];
        for (var i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe();
        }
    }

    /**
     * Adds a task, unless this is closed.
     *
     * @return whether it was added
     */
    public boolean add(TaskImpl<?> task) {
        return stripeOf(task).add(task);
    }

    /**
     * Takes a task out.
     *
     * @return whether it is one of those that {@link #close} has counted
     */
    public boolean remove(TaskImpl<?> task) {
        return stripeOf(task).remove(task);
    }

    /**
     * Lets nobody in any more.
     *
     * @return how many there are; each will be told so when it leaves
     */
    public int close() {
        var count = 0;
        for (var stripe : stripes) {
            count += stripe.close();
        }
        return count;
    }

    private Stripe stripeOf(TaskImpl<?> task) {
        return stripes[task.place & (stripes.length - 1)];
    }

    /**
     * Calls {@code action}, without holding a lock, for each task that is there from now until this returns, and for
     * some of those that leave meanwhile. Those that come meanwhile are left out.
     */
    public void forEach(Consumer<? super TaskImpl<?>> action) {
        StackReserve.forCall();
        for (var stripe : stripes) {
            stripe.forEach(action);
        }
    }

    /** A doubly linked list through the tasks themselves. */
    private static final class Stripe {

        private final BriefLock lock = new BriefLock();
        private @Nullable TaskImpl<?> first;
        private int size;
        private boolean closed;

        /** Keep the stripes from sharing a line of a cache. */
        @SuppressWarnings("unused")
        private long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;

        /** Of those who go through the list now. */
        private @Nullable Cursor cursors;

        boolean add(TaskImpl<?> task) {
            lock.lock();
            try {
                if (closed) {
                    return false;
                }
                var second = first;
                task.liveNext = second;
                if (second != null) {
                    second.livePrevious = task;
                }
                first = task;
                size++;
                return true;
            } finally {
                lock.taken = false;
            }
        }

        int close() {
            lock.lock();
            try {
                closed = true;
                return size;
            } finally {
                lock.taken = false;
            }
        }

        boolean remove(TaskImpl<?> task) {
            lock.lock();
            try {
                size--;
                var before = task.livePrevious;
                var after = task.liveNext;
                for (var cursor = cursors; cursor != null; cursor = cursor.other) {
                    if (cursor.next == task) {
                        cursor.next = after;
                    }
                }
                if (before != null) {
                    before.liveNext = after;
                } else if (first == task) {
                    first = after;
                }
                if (after != null) {
                    after.livePrevious = before;
                }
                task.livePrevious = null;
                task.liveNext = null;
                return closed;
            } finally {
                lock.taken = false;
            }
        }

        void forEach(Consumer<? super TaskImpl<?>> action) {
            var cursor = new Cursor();
            var chunk = new TaskImpl<?>[CHUNK];
            try {
                open(cursor);
                for (var size = take(cursor, chunk); size > 0; size = take(cursor, chunk)) {
                    for (var i = 0; i < size; i++) {
                        action.accept(chunk[i]);
                    }
                }
            } finally {
                close(cursor);
            }
        }

        private void open(Cursor opened) {
            lock.lock();
            try {
                opened.next = first;
                opened.other = cursors;
                cursors = opened;
            } finally {
                lock.taken = false;
            }
        }

        /** @return how many of the next ones have been put into {@code chunk} */
        private int take(Cursor cursor, TaskImpl<?>[] chunk) {
            lock.lock();
            try {
                var size = 0;
                var task = cursor.next;
                while (task != null && size < chunk.length) {
                    chunk[size++] = task;
                    task = task.liveNext;
                }
                cursor.next = task;
                return size;
            } finally {
                lock.taken = false;
            }
        }

        private void close(Cursor closed) {
            lock.lock();
            try {
                if (cursors == closed) {
                    cursors = closed.other;
                } else {
                    for (var cursor = cursors; cursor != null; cursor = cursor.other) {
                        if (cursor.other == closed) {
                            cursor.other = closed.other;
                        }
                    }
                }
            } finally {
                lock.taken = false;
            }
        }
    }

    /** How far somebody has come. Guarded by the stripe's lock. */
    private static final class Cursor {
        private @Nullable TaskImpl<?> next;
        private @Nullable Cursor other;
    }
}
