package dev.weft.faults;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what Weft's classes allocate, and lets one of them fail. Called by {@link FaultyClasses}. */
public final class Allocations {

    private static final AtomicLong COUNT = new AtomicLong();

    /** How many fail, one after the other: so that what takes care of the first is tried too. */
    private static final long WIDTH = Long.getLong("weft.faults.width", 1);

    private static final boolean GIVES_UP = Boolean.getBoolean("weft.faults.canary");

    /** The first one that fails; none if it is zero. */
    private static volatile long failing;

    /** The error that was thrown. */
    private static volatile OutOfMemoryError thrown;

    private Allocations() {}

    /** Something is about to be allocated. */
    public static void allocate() {
        var first = failing;
        if (first == 0) {
            return;
        }
        var number = COUNT.incrementAndGet();
        if (number >= first && number < first + WIDTH) {
            var error = new OutOfMemoryError("allocation " + number);
            if (number == first) {
                thrown = error;
            }
            throw error;
        }
    }

    /** Weft waits for memory: seeded to give up, as if it did not. */
    public static void pause() {
        if (GIVES_UP) {
            throw new OutOfMemoryError("seeded");
        }
    }

    /** From now on the allocation of this number fails, and perhaps some that follow. */
    static void fail(long number) {
        COUNT.set(0);
        thrown = null;
        failing = number;
    }

    /** None fails any more. @return what was thrown; null if there were not so many */
    static OutOfMemoryError stop() {
        failing = 0;
        return thrown;
    }
}
