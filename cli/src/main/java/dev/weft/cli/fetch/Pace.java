package dev.weft.cli.fetch;

import dev.weft.cli.model.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spaces beginnings out, as a {@link Rate} wants it. Time that was not used is not saved up: a pause is not followed by
 * a burst. A pure data structure that knows no clock. Not thread-safe.
 */
final class Pace {

    private final @Nullable Rate rate;
    private Duration next = Duration.ZERO;

    /** Without a rate, everything may begin at once. */
    Pace(@Nullable Rate rate) {
        this.rate = rate;
    }

    /** How long after {@code now} the next one may begin; nothing if it may at once. */
    Duration untilNext(Duration now) {
        return next.compareTo(now) <= 0 ? Duration.ZERO : next.minus(now);
    }

    /** One begins. */
    void begin(Duration now) {
        if (rate != null) {
            // on from when it was due, or a loop that always comes a little late would lose a little each time
            var late = now.minus(next);
            next = late.compareTo(rate.interval()) > 0 ? now.plus(rate.interval()) : next.plus(rate.interval());
        }
    }
}
