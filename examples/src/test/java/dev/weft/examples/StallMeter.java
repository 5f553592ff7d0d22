package dev.weft.examples;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sees when the machine does not keep time. The programs' steps are 50 ms apart at the least; while a thread that
 * sleeps for 5 ms is 25 ms late, their order proves nothing.
 */
final class StallMeter implements AutoCloseable {

    private static final long PERIOD_MILLIS = 5;
    private static final long TOLERANCE_NANOS = 25_000_000;

    private record Stall(long from, long to) {}

    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("stall-meter").start(this::measure);

    private void measure() {
        try {
            for (; ; ) {
                var before = System.nanoTime();
                Thread.sleep(PERIOD_MILLIS);
                var after = System.nanoTime();
                if (after - before > PERIOD_MILLIS * 1_000_000 + TOLERANCE_NANOS) {
                    stalls.add(new Stall(before, after));
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Whether there was a stall between two values of {@link System#nanoTime()}. */
    boolean sawStall(long from, long to) {
        return stalls.stream().anyMatch(stall -> stall.from - to < 0 && stall.to - from > 0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
