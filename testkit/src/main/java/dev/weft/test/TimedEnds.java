package dev.weft.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ends of timed waits, each of which interrupts its waiter. An interrupt by the program that meets such an end is
 * kept: interrupts do not add up, so that the waiter alone could not tell. Thread-safe.
 */
final class TimedEnds {

    /** The innermost wait of each thread. */
    private final Map<Thread, End> ends = new ConcurrentHashMap<>();

    /** The end of one wait. */
    static final class End {
        private final Thread waiter;
        private final @Nullable End outer;
        private volatile boolean due;
        private volatile boolean interrupted;

        private End(Thread waiter, @Nullable End outer) {
            this.waiter = waiter;
            this.outer = outer;
        }

        /** The limit is reached. A waiter that is interrupted already ends its wait by that. */
        void come() {
            if (!waiter.isInterrupted()) {
                due = true;
                waiter.interrupt();
            }
        }

        /** Whether the waiter was interrupted by this, and by nobody else. */
        boolean isAlone() {
            return due && !interrupted;
        }
    }

    /** A wait of the current thread begins. */
    End begin() {
        var waiter = Thread.currentThread();
        var end = new End(waiter, ends.get(waiter));
        ends.put(waiter, end);
        return end;
    }

    /** The wait that {@link #begin} was called for is over. */
    void forget(End end) {
        if (end.outer == null) {
            ends.remove(end.waiter);
        } else {
            ends.put(end.waiter, end.outer);
        }
    }

    /** The program interrupts {@code thread}. */
    void interrupted(Thread thread) {
        for (var end = ends.get(thread); end != null; end = end.outer) {
            end.interrupted = true;
        }
    }
}
