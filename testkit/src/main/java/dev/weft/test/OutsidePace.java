package dev.weft.test;

import dev.weft.internal.runtime.RealTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * While threads that are not of the simulation live, its clock is not faster than theirs, up to a point: else a limit
 * would always be over before they have done anything.
 */
final class OutsidePace {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A thread that was woken up has begun to run after so long. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private OutsidePace() {}

    /** Gives threads that are being woken up the time to do something. @return whether nothing has come in */
    static boolean settles(BooleanSupplier hasComeIn) {
        return !comesIn(SETTLE_NANOS, hasComeIn);
    }

    /** Waits in real time, for {@code nanos} at most. @return whether something has come in */
    static boolean comesIn(long nanos, BooleanSupplier hasComeIn) {
        var end = RealTime.nanoTime() + Math.min(nanos, LONGEST_NANOS);
        while (!hasComeIn.getAsBoolean()) {
            var left = end - RealTime.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
        }
        return true;
    }
}
