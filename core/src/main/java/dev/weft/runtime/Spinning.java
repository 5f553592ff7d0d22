package dev.weft.runtime;

import java.util.concurrent.locks.LockSupport;

/** How to wait for a lock that is held for a few instructions and never while anything is waited for. */
public final class Spinning {

    private static final int SPINS_BEFORE_YIELD = 64;
    private static final int SPINS_BEFORE_SLEEP = 128;
    private static final long SLEEP_NANOS = 20_000;

    private Spinning() {}

    /**
     * A moment's pause, to be followed by another look.
     *
     * @param before how many there were before in this wait
     */
    public static void pause(int before) {
        if (before < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
        } else if (before < SPINS_BEFORE_SLEEP) {
            Thread.yield();
        } else {
            // the system has taken the holder's core away, and may want this one to go on with it
            LockSupport.parkNanos(SLEEP_NANOS);
        }
    }
}
