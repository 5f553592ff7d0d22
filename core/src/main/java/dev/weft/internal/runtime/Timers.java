package dev.weft.internal.runtime;

import org.jspecify.annotations.Nullable;

/** The timers of the process: has a {@link TimerThread} while there are any. */
final class Timers {

    /** Far enough, and near enough for the differences of two times. */
    private static final long MAX_DELAY = Long.MAX_VALUE / 4;

    /** Null while there is none. */
    private static volatile @Nullable TimerThread thread;

    private Timers() {}

    /**
     * Has {@code action} run after {@code delayNanos}.
     *
     * @throws OutOfMemoryError if no thread is to be had for it; then nothing is set
     */
    static TimerHandle schedule(Runnable action, long delayNanos) {
        var atNanos = System.nanoTime() + Math.min(delayNanos, MAX_DELAY);
        for (; ; ) {
            var current = thread;
            if (current == null) {
                current = open(null);
            }
            var timer = current.schedule(action, atNanos);
            if (timer != null) {
                return timer;
            }
            open(current);
        }
    }

    static boolean isTimerThread() {
        return Thread.currentThread() instanceof TimerThread;
    }

    /** A new one in the place of {@code ended}, unless there is another already. */
    private static synchronized TimerThread open(@Nullable TimerThread ended) {
        var current = thread;
        if (current != null && current != ended) {
            return current;
        }
        var opened = new TimerThread();
        opened.start();
        thread = opened;
        return opened;
    }
}
