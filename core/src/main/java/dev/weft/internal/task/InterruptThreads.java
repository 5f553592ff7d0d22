package dev.weft.internal.task;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that send interrupts for those who must not wait for what these close. Platform threads, as deadlines do not
 * depend on virtual threads getting a turn. Before a thread sends one, it sees to it that another is there for the
 * next: so there are as many as there are interrupts that take long, and one more. They end when there is nothing to do
 * for a second.
 */
final class InterruptThreads {

    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition COME = LOCK.newCondition();

    /** Guarded by {@link #LOCK}, as all below. */
    private static final ArrayDeque<Cancellable> QUEUE = new ArrayDeque<>();

    /** Threads that wait for something to do, or are about to look. */
    private static int idle;

    private InterruptThreads() {}

    /** Has {@code target}, which is marked, interrupted soon. If no thread is to be had, the calling one does it. */
    static void send(Cancellable target) {
        var queued = false;
        try {
            LOCK.lock();
            try {
                if (idle > 0 || startThread()) {
                    QUEUE.add(target);
                    queued = true;
                    COME.signal();
                }
            } finally {
                LOCK.unlock();
            }
        } catch (OutOfMemoryError e) {
            // below
        }
        if (!queued) {
            target.sendInterrupts();
        }
    }

    /** With the lock held. */
    private static boolean startThread() {
        try {
            var thread = Thread.ofPlatform()
                    .daemon()
                    .name("weft-interrupt")
                    .inheritInheritableThreadLocals(false)
                    .unstarted(InterruptThreads::serve);
            thread.setContextClassLoader(null); // may be kept longer than the caller's
            thread.start();
            idle++;
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private static void serve() {
        for (var target = next(); target != null; target = next()) {
            try {
                target.sendInterrupts();
            } catch (Throwable e) {
                Problems.interruptFailed(target, e);
            }
            LOCK.lock();
            try {
                idle++;
            } finally {
                LOCK.unlock();
            }
        }
    }

    /** The calling thread counts as idle, and does not any more. @return null if it is to end */
    private static @Nullable Cancellable next() {
        LOCK.lock();
        try {
            var left = IDLE.toNanos();
            while (QUEUE.isEmpty() && left > 0) {
                try {
                    left = COME.awaitNanos(left);
                } catch (InterruptedException e) {
                    // this thread is nobody's to interrupt
                }
            }
            var target = QUEUE.poll();
            idle--;
            if (!QUEUE.isEmpty() && idle == 0) {
                startThread(); // if that fails, the next ones have to wait for this thread
            }
            return target;
        } finally {
            LOCK.unlock();
        }
    }

    /** How many threads there are that have nothing to do. For tests. */
    static int countIdle() {
        LOCK.lock();
        try {
            return idle;
        } finally {
            LOCK.unlock();
        }
    }
}
