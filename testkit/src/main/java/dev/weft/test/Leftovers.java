package dev.weft.test;

import dev.weft.Weft;
import dev.weft.internal.runtime.Strand;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads of deep simulations that were abandoned. They go on, so as to let go of what they hold; but one that spins
 * would do so until the JVM ends, and keep a carrier of the JDK's from all other virtual threads: it is stopped.
 */
final class Leftovers {

    /** How many switch points each of them may yet come to. */
    static final int MOST_POINTS = 10_000;

    /** The switch points that each has come to. */
    private static final Map<Thread, Integer> POINTS = new WeakHashMap<>();

    private static volatile boolean exist;

    private Leftovers() {}

    /** There are some from now on: tasks of abandoned simulations, and these {@code threads}. */
    static void add(Iterable<? extends @Nullable Thread> threads) {
        synchronized (POINTS) {
            for (var thread : threads) {
                if (thread != null) {
                    POINTS.putIfAbsent(thread, 0);
                }
            }
        }
        exist = true;
    }

    /** The calling thread, which is in no simulation now, is at a switch point. Never returns in one that spins. */
    static void pointBesideSimulations() {
        if (exist && Thread.currentThread().isVirtual() && (isAdded() || isTaskOfOne())) {
            point();
        }
    }

    /** The calling thread, whose simulation was abandoned, is at a switch point. Never returns in one that spins. */
    static void point() {
        int points;
        synchronized (POINTS) {
            points = POINTS.merge(Thread.currentThread(), 1, Integer::sum);
        }
        while (points > MOST_POINTS) {
            LockSupport.park(POINTS);
            Thread.interrupted(); // else it would not wait
        }
    }

    private static boolean isAdded() {
        synchronized (POINTS) {
            return POINTS.containsKey(Thread.currentThread());
        }
    }

    private static boolean isTaskOfOne() {
        return Weft.currentTask().orElse(null) instanceof Strand strand
                && strand.scheduler() instanceof DeepScheduler simulation
                && simulation.abandoned;
    }
}
