package dev.weft.test.internal.deep;

import dev.weft.internal.runtime.CustomScheduling;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the JVM has woken up all virtual threads that may enter a monitor.
 *
 * <p>The JVM puts such a thread into a list, which a thread of its own takes as a whole and works off from the end. So
 * what was in it before a thread of ours has been woken up, or was taken together with that, is awake when a second one
 * of ours is. Two threads do it, one of which enters a monitor that the other holds; a carrier cannot hold it, as the
 * JVM takes a monitor of a carrier for one of the thread that it runs.
 */
public final class MonitorProbe {

    /** One for each carrier. */
    private static final ThreadLocal<MonitorProbe> PROBES = ThreadLocal.withInitial(MonitorProbe::new);

    private final Object monitor = new Object();
    private final Half holder = new Half(() -> {
        synchronized (monitor) {
            Thread.yield();
        }
    });
    private final Half entering = new Half(() -> {
        synchronized (monitor) {
            // it is in
        }
    });

    private MonitorProbe() {}

    /** Returns when all are awake. On a carrier. */
    public static void pass() {
        var probe = PROBES.get();
        probe.passOnce();
        probe.passOnce();
    }

    private void passOnce() {
        holder.resume();
        holder.step(); // is in, and yields
        entering.resume();
        entering.step(); // blocks
        holder.step(); // is out, and parks: the other one is in the list
        entering.step(); // when it was woken up: is in and out, and parks
    }

    /** A thread that does something again and again, step by step. */
    private static final class Half {
        private final Semaphore runnable = new Semaphore(0);
        private final Thread thread;
        private volatile @Nullable Runnable step;

        Half(Runnable action) {
            thread = CustomScheduling.newThread(
                    submitted -> {
                        step = submitted;
                        runnable.release();
                    },
                    "weft-probe",
                    () -> {
                        while (true) {
                            action.run();
                            LockSupport.park();
                        }
                    });
        }

        void resume() {
            if (step == null) {
                thread.start();
            } else {
                LockSupport.unpark(thread);
            }
        }

        void step() {
            runnable.acquireUninterruptibly();
            Objects.requireNonNull(step).run();
        }
    }
}
