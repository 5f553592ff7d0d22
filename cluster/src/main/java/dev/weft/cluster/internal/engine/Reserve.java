package dev.weft.cluster.internal.engine;

import dev.weft.Weft;
import java.util.concurrent.locks.LockSupport;

/** Room for what must not be left half done. */
public final class Reserve {

    private static final int MAX_DOUBLINGS = 7;

    private Reserve() {}

    /**
     * Makes a StackOverflowError come before anything has begun: a call that is made near the end of its caller's stack
     * would leave the lock taken, or others waiting. Each construct of core asks for 24 KB before it begins.
     *
     * @throws StackOverflowError if there is less
     */
    static void ofStack() {
        try {
            Weft.moveOnAfter(Weft.FOREVER, () -> true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before something that must not be left out is tried again. */
    public static void awaitMemory() {
        awaitMemory(1);
    }

    /** As {@link #awaitMemory()}, after {@code failures} of it in a row. */
    public static void awaitMemory(int failures) {
        LockSupport.parkNanos(pauseNanos(failures));
    }

    /** A moment at first; later on long enough that what fails for ever costs next to nothing. */
    static long pauseNanos(int failures) {
        return 1_000_000L << Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    }
}
