package dev.weft.test.internal.deep;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of platform threads. A thread that waits within the JVM, as for a class that another one
 * initializes, counts as running; but it uses none. Thread-safe.
 */
public final class ProcessorTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How often a thread must be found not to have run. A busy machine keeps one from running for 100 ms and more. */
    private static final int STILL = 20;

    private @Nullable Thread thread;
    private long used;
    private int looks;

    /** The time that {@code threads} have used together, in nanoseconds; zero if the JVM cannot tell. */
    public static long of(Collection<Thread> threads) {
        return threads.stream().mapToLong(ProcessorTime::of).sum();
    }

    private static long of(Thread thread) {
        try {
            return THREADS.getThreadCpuTime(thread.threadId());
        } catch (UnsupportedOperationException e) {
            return 0;
        }
    }

    /**
     * Whether {@code running} has waited, and used none between this call and some before it, all for the same thread.
     */
    public synchronized boolean isStill(Thread running) {
        var now = of(running);
        if (running != thread || now != used || OsThreads.isRunnable(running)) {
            thread = running;
            used = now;
            looks = 0;
        }
        return ++looks > STILL;
    }
}
