package dev.weft.test;

import dev.weft.internal.runtime.AdriftThreads;
import dev.weft.internal.runtime.RealTime;
import dev.weft.test.internal.deep.OsThreads;
import dev.weft.test.internal.deep.ProcessorTime;
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
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A thread that was unparked is on its way within some microseconds. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private PinnedThreads() {}

    /**
     * Waits in real time until all whose waits are known are still, or none has run for a while.
     *
     * @return whether they are still
     */
    static boolean becomeStill(AdriftThreads threads) {
        return threads.areStill() || (await(threads, SHORT_NANOS, threads::areStill) && threads.areStill());
    }

    /**
     * Whether one of the threads goes on. Waits in real time until it has come back, or none has run for a while.
     *
     * @param hasComeIn whether one has come back
     */
    static boolean goOn(AdriftThreads threads, BooleanSupplier hasComeIn) {
        return !threads.areWaiting()
                && (await(threads, LOOK_NANOS, () -> hasComeIn.getAsBoolean() || threads.areWaiting())
                        || hasComeIn.getAsBoolean());
    }

    private static boolean await(AdriftThreads threads, long lookNanos, BooleanSupplier isOver) {
        var carriers = threads.carriers().values();
        var begin = RealTime.nanoTime();
        var since = begin;
        var seen = ProcessorTime.of(carriers);
        for (var now = begin; now - begin < MOST_NANOS && !isOver.getAsBoolean(); ) {
            LockSupport.parkNanos(lookNanos);
            now = RealTime.nanoTime();
            var used = ProcessorTime.of(carriers);
            if (used != seen || threads.goOn() || OsThreads.areAnyRunnable(carriers)) {
                since = now;
                seen = used;
            } else if (now - since > STILL_NANOS) {
                return false;
            }
        }
        return true;
    }
}
