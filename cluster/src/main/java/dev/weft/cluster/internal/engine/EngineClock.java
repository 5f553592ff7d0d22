package dev.weft.cluster.internal.engine;

import dev.weft.Deadline;
import java.time.Duration;

/** Nanoseconds since it was made, on the runtime's clock: virtual in a simulation. */
final class EngineClock {

    static final long NEVER = Long.MAX_VALUE;

    private final Deadline zero = Deadline.now();

    /** Greater than 0, so that 0 can stand for none. */
    long nanos() {
        return 1 - zero.remaining().toNanos();
    }

    /** The time that is left until a time of this clock. */
    Duration until(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos - nanos()));
    }
}
