package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import dev.weft.test.internal.deep.JdkWaits.Wait;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The wait of one strand of a deep simulation for something that another one does in its turn. It can be pinned to its
 * carrier.
 *
 * <p>A permit that the program is given meanwhile is not for this wait, and is handed on; an interrupt is kept.
 */
final class StrandWait {

    /** How it waits. */
    private enum State {
        READY,
        PARKED,
        PINNED,
        OVER
    }

    private static final Wait INITIALIZER = new Wait("a static initializer");

    private final DeepScheduler scheduler;
    private final Strand self;
    private volatile State state = State.READY;

    StrandWait(DeepScheduler scheduler, Strand self) {
        this.scheduler = scheduler;
        this.self = self;
    }

    /**
     * Returns in turn, once it has come to its {@link #end}.
     *
     * @throws Abandoned if the simulation has ended before
     */
    void await() {
        if (scheduler.yieldAtSwitchPoint()) {
            if (state != State.OVER) {
                state = State.PINNED;
                scheduler.waitPinnedHere();
            }
        } else if (state != State.OVER) {
            park();
        }
        if (state != State.OVER) {
            throw new Abandoned();
        }
    }

    private void park() {
        state = State.PARKED;
        var interrupted = false;
        var unparks = 0;
        while (state == State.PARKED && !scheduler.abandoned) {
            LockSupport.park(INITIALIZER);
            unparks++;
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (unparks > 1) {
            LockSupport.unpark(Thread.currentThread());
        }
    }

    /** Has the strand go on. By another one in its turn. */
    void end() {
        var before = state;
        state = State.OVER;
        switch (before) {
            case PARKED -> LockSupport.unpark(Objects.requireNonNull(self.thread()));
            case PINNED -> scheduler.goOn(self);
            case READY, OVER -> {}
        }
    }
}
