package dev.weft.internal.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * The parallel runtime: strands are virtual threads that run on all cores, and time is real. One instance serves the
 * whole process; it has no state.
 */
public final class ParallelScheduler extends Scheduler {

    public static final ParallelScheduler INSTANCE = new ParallelScheduler();

    /** How often the creator of an eager strand looks whether the strand blocks outside of Weft, which nobody tells. */
    private static final long LOOK_NANOS = 200_000;

    /** A strand that is found blocked so often in a row waits for more than a lock that is held for a moment. */
    private static final int LOOKS_UNTIL_BLOCKED = 3;

    private ParallelScheduler() {}

    @Override
    public void start(Strand strand) {
        strand.newThread().start();
    }

    @Override
    public SharedThreads shareThreads(SharedThreads.Sharing owner) {
        return new SharedThreads(owner);
    }

    /**
     * Comes back as soon as the new strand blocks, in Weft or outside of it: what it waits for there may be what its
     * creator does next. Comes back earlier if the creator is interrupted, as each request to stop does; the interrupt
     * status is left to the creator's next wait.
     */
    @Override
    public void startEagerly(Strand self, Strand strand) {
        var starter = Thread.currentThread();
        strand.attachment = starter;
        self.startsEagerly = true;
        try {
            var started = strand.newThread();
            started.start();
            for (var looks = 0; strand.attachment != null && !starter.isInterrupted(); ) {
                Parking.park(LOOK_NANOS);
                looks = strand.startsEagerly || !isBlocked(started) ? 0 : looks + 1;
                if (looks == LOOKS_UNTIL_BLOCKED) {
                    break;
                }
            }
        } finally {
            self.startsEagerly = false;
            strand.attachment = null;
        }
    }

    private static boolean isBlocked(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        releaseEagerStarter(self);
        if (deadlineNanos == NEVER) {
            Parking.park(Parking.FOREVER);
        } else {
            var left = deadlineNanos - nanoTime();
            if (left > 0) {
                Parking.park(left);
            }
        }
    }

    @Override
    public void unpark(Strand strand) {
        LockSupport.unpark(strand.thread());
    }

    @Override
    public void yieldTurn(Strand self) {
        releaseEagerStarter(self);
        FairYield.yieldTurn(self);
    }

    @Override
    public boolean begun(Strand self) {
        return true; // a task itself is claimed only once
    }

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
        if (self.attachment instanceof Thread starter) {
            self.attachment = null;
            LockSupport.unpark(starter);
        }
    }

    @Override
    public String toString() {
        return "the parallel runtime";
    }
}
