package dev.weft.internal.runtime;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The timers of an event loop, by deadline, and then in the order of their coming. For the holder of the turn. */
final class LoopTimers {

    private static final int PURGE_THRESHOLD = Sizes.of(100, 1);

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long added;
    private int cancelled;

    void add(Entry timer) {
        timer.sequence = added++;
        queue.add(timer);
    }

    /** Counts one that was cancelled. */
    void oneCancelled() {
        if (++cancelled > PURGE_THRESHOLD && cancelled > queue.size() / 2) {
            purge();
        }
    }

    private void purge() {
        try {
            queue.removeIf(Entry::isCancelled);
            cancelled = 0;
        } catch (OutOfMemoryError e) {
            // the next one that is cancelled tries again
        }
    }

    /** The next one, perhaps cancelled, or null. */
    @Nullable
    Entry first() {
        return queue.peek();
    }

    /** Takes out the next one, perhaps cancelled, if it is due at {@code now}; else null. */
    @Nullable
    Entry pollDue(long now) {
        var timer = queue.peek();
        return timer != null && timer.deadlineNanos <= now ? queue.remove() : null;
    }

    /** When the next one is due, or {@link Scheduler#NEVER}. */
    long nextDeadline() {
        var timer = queue.peek();
        while (timer != null && timer.isCancelled()) {
            queue.remove();
            cancelled--;
            timer = queue.peek();
        }
        return timer == null ? Scheduler.NEVER : timer.deadlineNanos;
    }

    static final class Entry implements TimerHandle, Comparable<Entry> {
        private final EventLoopScheduler loop;
        private final long deadlineNanos;
        final Object action;
        private long sequence;
        private volatile boolean cancelled;

        /**
         * Yet to be added. Any thread.
         *
         * @param action a strand to resume or a Runnable
         */
        Entry(EventLoopScheduler loop, long deadlineNanos, Object action) {
            this.loop = loop;
            this.deadlineNanos = deadlineNanos;
            this.action = action;
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                loop.timerCancelled();
            }
        }

        boolean isCancelled() {
            return cancelled;
        }

        @Override
        public int compareTo(Entry other) {
            var byDeadline = Long.compare(deadlineNanos, other.deadlineNanos);
            return byDeadline != 0 ? byDeadline : Long.compare(sequence, other.sequence);
        }
    }
}
