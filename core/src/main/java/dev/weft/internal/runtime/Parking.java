package dev.weft.internal.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/**
 * Parks the calling thread. A worker of a {@link ForkJoinPool} parks as in the JDK's own waits: its pool activates or
 * starts another worker meanwhile, which may be the one that the wait depends on.
 */
final class Parking {

    /** Longer than anyone waits. */
    static final long FOREVER = Long.MAX_VALUE;

    private Parking() {}

    /** Parks for at most {@code nanos}; for no reason at times, and never while the interrupt status is set. */
    static void park(long nanos) {
        if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
            parkWorker(nanos);
        } else {
            parkPlainly(nanos);
        }
    }

    private static void parkPlainly(long nanos) {
        if (nanos == FOREVER) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(nanos);
        }
    }

    private static void parkWorker(long nanos) {
        var parked = new WorkersPark(nanos);
        try {
            ForkJoinPool.managedBlock(parked);
        } catch (InterruptedException | RuntimeException | Error e) {
            // the pool may have no other worker, nor start one: then it does without, as it did before this was asked
            if (!parked.isOver) {
                parkPlainly(nanos);
            }
        }
    }

    /** Over after one park: whoever waits looks at the condition, and comes again if need be. */
    private static final class WorkersPark implements ForkJoinPool.ManagedBlocker {
        private final long nanos;
        private boolean isOver;

        WorkersPark(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public boolean block() {
            isOver = true;
            parkPlainly(nanos);
            return true;
        }

        /** Asked before the pool does anything: a park that would return at once is not worth another worker. */
        @Override
        public boolean isReleasable() {
            return isOver || Thread.currentThread().isInterrupted();
        }
    }
}
