package dev.weft.internal.runtime;

import java.time.Duration;
import java.util.Locale;

/** Durations without overflow. */
public final class Durations {

    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;

    private Durations() {}

    /** Nanoseconds, {@link Scheduler#NEVER} if there are too many to count. */
    public static long nanos(Duration duration) {
        var seconds = duration.getSeconds();
        if (seconds > MAX_SECONDS) {
            return Scheduler.NEVER;
        }
        if (seconds < -MAX_SECONDS) {
            return Long.MIN_VALUE;
        }
        return seconds * 1_000_000_000L + duration.getNano();
    }

    /** The time that is {@code duration} from now on {@code scheduler}'s clock. */
    public static long deadline(Scheduler scheduler, Duration duration) {
        var nanos = nanos(duration);
        if (nanos == Scheduler.NEVER) {
            return Scheduler.NEVER;
        }
        var now = scheduler.nanoTime();
        if (nanos < 0) {
            return now + Math.max(nanos, -(1L << 62));
        }
        return nanos >= Scheduler.NEVER - now ? Scheduler.NEVER : now + nanos;
    }

    /** As in {@code 2s}, {@code 150ms}, {@code 1h30m}. */
    public static String format(Duration duration) {
        var nanos = nanos(duration);
        if (nanos == Scheduler.NEVER) {
            return "forever";
        }
        var millis = nanos / 1_000_000;
        if (millis != 0 && Math.abs(millis) < 1_000 && nanos % 1_000_000 == 0) {
            return millis + "ms";
        }
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
