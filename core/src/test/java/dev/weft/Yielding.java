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
            // one that waits in vain must not keep a core busy for ever
            rest(i < YIELDS_BEFORE_SLEEP ? Duration.ZERO : Duration.ofMillis(1));
        }
    }

    /** Yields some times, whatever happens to the caller. */
    static void stubbornly(int times) {
        for (var i = 0; i < times; i++) {
            rest(Duration.ZERO);
        }
    }

    private static void rest(Duration duration) {
        try {
            Weft.sleep(duration);
        } catch (InterruptedException ignored) {
            // that is what the caller is for
        }
    }
}
