package dev.weft.internal.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pool of the process's timers, of one daemon thread beside the JDK's own that waits for them.
 *
 * <p>A pool takes up what its first user's thread has, and keeps it as long as its threads live: a context class
 * loader, inheritable thread-locals. So its threads are started by one that has inherited nothing. They end when there
 * have been no timers for a while, so that a class loader that has loaded Weft can be collected.
 */
final class Timers {

    /** How often it is looked whether there are timers. */
    private static final long LOOK_NANOS = 2_000_000_000L;

    /** Null while there is none. */
    private static volatile @Nullable ForkJoinPool pool;

    private Timers() {}

    static Future<?> schedule(Runnable action, long delayNanos) {
        for (; ; ) {
            var current = pool;
            if (current == null) {
                current = open();
            }
            try {
                return current.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                if (pool == current) {
                    throw e;
                }
                // closed meanwhile: there was no timer just before
            }
        }
    }

    static boolean isTimerThread() {
        return Thread.currentThread() instanceof TimerThread;
    }

    private static synchronized ForkJoinPool open() {
        var opened = pool;
        if (opened == null) {
            opened = new ForkJoinPool(1, TimerThread::new, null, true);
            startUninherited(opened);
            pool = opened;
        }
        return opened;
    }

    private static void startUninherited(ForkJoinPool opened) {
        var starter = Thread.ofPlatform()
                .name("weft-timer-starter")
                .daemon()
                .group(rootGroup())
                .inheritInheritableThreadLocals(false)
                .start(() -> lookLater(opened));
        var interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadGroup rootGroup() {
        var group = Thread.currentThread().getThreadGroup();
        for (var outer = group.getParent(); outer != null; outer = group.getParent()) {
            group = outer;
        }
        return group;
    }

    private static void lookLater(ForkJoinPool opened) {
        opened.schedule(() -> look(opened), LOOK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** Timers that have just been accepted, and are not counted yet, go off although the pool is shut down. */
    private static void look(ForkJoinPool opened) {
        if (opened.getDelayedTaskCount() > 0) {
            lookLater(opened);
        } else {
            pool = null;
            opened.shutdown();
        }
    }

    private static final class TimerThread extends ForkJoinWorkerThread {
        TimerThread(ForkJoinPool pool) {
            super(rootGroup(), pool, false);
            setName("weft-timer");
            setDaemon(true);
        }
    }
}
