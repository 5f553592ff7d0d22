package dev.weft.internal.runtime;

/**
 * The process's clock and its timers.
 *
 * <p>Timers have a daemon thread of their own: a deadline must come although all virtual threads are held up by native
 * calls, or the common pool by somebody's blocking stream.
 */
public final class RealTime {

    private static final long ORIGIN = System.nanoTime();

    private RealTime() {}

    /** Nanoseconds since this class was loaded. */
    public static long nanoTime() {
        return System.nanoTime() - ORIGIN;
    }

    /**
     * Runs a short action that never blocks after {@code delayNanos}.
     *
     * @return cancels it
     */
    public static TimerHandle schedule(long delayNanos, Runnable action) {
        return Timers.schedule(action, Math.max(0, delayNanos));
    }

    /** Whether the calling thread is the one that all timers need. */
    public static boolean isTimerThread() {
        return Timers.isTimerThread();
    }
}
