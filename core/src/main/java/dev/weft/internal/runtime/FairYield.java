package dev.weft.internal.runtime;

import java.util.concurrent.locks.LockSupport;

/**
 * Yields so that all others have their turns. A virtual thread that only calls {@link Thread#yield} comes back to the
 * queue that its carrier looks into first: as many of these as there are carriers keep every carrier from those that
 * timers and other threads have woken, for ever. So a strand that yields again and again parks for a moment now and
 * then.
 */
final class FairYield {

    /** A park is dear; without one, others wait for as long as so many yields take. A power of 2. */
    private static final int YIELDS_PER_PARK = 1024;

    private FairYield() {}

    /** Called by the strand's own thread. */
    static void yieldTurn(Strand self) {
        self.yields++;
        if (self.yields % YIELDS_PER_PARK == 0) {
            Parking.park(1); // takes the permit, if there is one, and then ends at once
            Parking.park(1);
            LockSupport.unpark(Thread.currentThread()); // the permit may be meant for another wait
        } else {
            Thread.yield();
        }
    }
}
