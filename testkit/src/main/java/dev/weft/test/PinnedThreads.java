package dev.weft.test;

import dev.weft.internal.runtime.RealTime;
import dev.weft.test.internal.deep.ProcessorTime;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Carriers of threads that have blocked in the JDK while they were pinned. Such a thread is woken up together with its
 * carrier, and nobody is told: so they are looked at.
 */
final class PinnedThreads {

    /** They count as waiting when they have not run for so long. The operating system may be slow to get one on. */
    private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int LOOKS = 2_000;

    private PinnedThreads() {}

    /**
     * Whether one of the threads goes on. Waits in real time until it has come back, or none has run for a while.
     *
     * @param hasComeIn whether one has come back
     */
    static boolean goOn(Collection<Thread> carriers, BooleanSupplier hasComeIn) {
        if (carriers.isEmpty()) {
            return false;
        }
        var since = RealTime.nanoTime();
        var seen = ProcessorTime.of(carriers);
        for (var looks = 0; looks < LOOKS && !hasComeIn.getAsBoolean(); looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            var now = RealTime.nanoTime();
            var used = ProcessorTime.of(carriers);
            if (used != seen) {
                since = now;
                seen = used;
            } else if (now - since > STILL_NANOS) {
                return hasComeIn.getAsBoolean();
            }
        }
        return true;
    }
}
