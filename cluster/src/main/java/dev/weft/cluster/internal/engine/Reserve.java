package dev.weft.cluster.internal.engine;

import dev.weft.Weft;
import java.util.concurrent.locks.LockSupport;

/** Room for what must not be left half done. */
public final class Reserve {

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
        LockSupport.parkNanos(1_000_000);
    }
}
