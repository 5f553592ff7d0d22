package dev.weft;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Lets others run; for what has no event to wait for. Works on every runtime. */
final class Yielding {

    private static final int YIELDS_BEFORE_SLEEP = 1000;

    private Yielding() {}

    /** Yields until {@code condition} holds, whatever happens to the caller. */
    static void until(BooleanSupplier condition) {
        for (var i = 0; !condition.getAsBoolean(); i++) {
            if (i < YIELDS_BEFORE_SLEEP) {
                rest();
            } else {
                sleepOutside();
            }
        }
    }

    /** As long as {@code limit} at most, by spinning: for threads that may not wait in Weft. */
    static void until(BooleanSupplier condition, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.yield();
        }
    }

    /**
     * One that waits in vain must not keep a core busy for ever. In real time: virtual time stands still while a call
     * outside goes on, which may be what is waited for.
     */
    private static void sleepOutside() {
        try {
            Weft.blocking(() -> Thread.sleep(1));
        } catch (InterruptedException ignored) {
            // that is what the caller is for
        }
    }

    /** Yields some times, whatever happens to the caller. */
    static void stubbornly(int times) {
        for (var i = 0; i < times; i++) {
            rest();
        }
    }

    private static void rest() {
        try {
            Weft.sleep(Duration.ZERO);
        } catch (InterruptedException ignored) {
            // that is what the caller is for
        }
    }
}
