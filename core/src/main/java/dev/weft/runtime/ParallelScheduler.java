package dev.weft.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * The parallel runtime: strands are virtual threads that run on all cores, and time is real. One instance serves the
 * whole process; it has no state.
 */
public final class ParallelScheduler extends Scheduler {

    public static final ParallelScheduler INSTANCE = new ParallelScheduler();

    private ParallelScheduler() {}

    @Override
    public void start(Strand strand) {
        strand.newThread().start();
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        strand.eagerStarter = Thread.currentThread();
        strand.newThread().start();
        var interrupted = false;
        while (strand.eagerStarter != null) {
            LockSupport.park();
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        releaseEagerStarter(self);
        if (deadlineNanos == NEVER) {
            LockSupport.park();
        } else {
            var left = deadlineNanos - nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
    }

    @Override
    public void unpark(Strand strand) {
        LockSupport.unpark(strand.thread());
    }

    @Override
    public void yieldTurn(Strand self) {
        Thread.yield();
    }

    @Override
    public void begun(Strand self) {}

    @Override
    public void exit(Strand self) {
        releaseEagerStarter(self);
    }

    @Override
    public void leave(Strand self) {}

    @Override
    public void enter(Strand self) {}

    @Override
    public void soon(Runnable action) {
        action.run();
    }

    @Override
    public TimerHandle schedule(long deadlineNanos, Runnable action) {
        return RealTime.schedule(deadlineNanos - nanoTime(), action);
    }

    @Override
    public long nanoTime() {
        return RealTime.nanoTime();
    }

    @Override
    public boolean takesTurns() {
        return false;
    }

    private static void releaseEagerStarter(Strand self) {
        var starter = self.eagerStarter;
        if (starter != null) {
            self.eagerStarter = null;
            LockSupport.unpark(starter);
        }
    }

    @Override
    public String toString() {
        return "the parallel runtime";
    }
}
