package dev.weft.internal.runtime;

import java.time.Duration;

/** How to wait for a lock that is held for a few instructions and never while anything is waited for. */
public final class Spinning {

    private static final int SPINS_BEFORE_YIELD = Sizes.of(64, 1);
    private static final int SPINS_BEFORE_SLEEP = Sizes.of(128, 2);
    private static final Duration SLEEP = Duration.ofNanos(20_000);

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
            pauseFor(SLEEP);
        }
    }

    /**
     * A longer one: the system has taken the holder's core away, and may want this one to go on with it. Not a park:
     * that would use up an unpark that is meant for the caller's next wait.
     */
    public static void pauseFor(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Thread.yield();
        }
    }
}
