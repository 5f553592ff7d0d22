package dev.weft.cli.timeline;

import java.math.BigDecimal;
import java.math.MathContext;

/** Steps of a time axis, and times in words. All in microseconds. */
final class TimeScale {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long[] LONG_STEPS = {
        10 * SECOND,
        20 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        20 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        24 * HOUR
    };

    private TimeScale() {}

    /** A round step that divides {@code length} into {@code most} parts or fewer. */
    static long step(long length, int most) {
        for (long power = 1; power <= SECOND; power *= 10) {
            for (var factor : new int[] {1, 2, 5}) {
                if (length / (power * factor) <= most) {
                    return power * factor;
                }
            }
        }
        for (var step : LONG_STEPS) {
            if (length / step <= most) {
                return step;
            }
        }
        return Math.ceilDiv(length / most, 24 * HOUR) * 24 * HOUR;
    }

    /** As in {@code 0}, {@code 250 µs}, {@code 1.5 ms}, {@code 30 s}, {@code 1 min 30 s}, {@code 2 h}. */
    static String text(long micros) {
        if (micros < 0) {
            return "−" + text(-micros);
        }
        if (micros == 0) {
            return "0";
        }
        if (micros < 1_000) {
            return micros + " µs";
        }
        if (micros < SECOND) {
            return decimal(BigDecimal.valueOf(micros, 3)) + " ms";
        }
        if (micros < MINUTE) {
            return decimal(BigDecimal.valueOf(micros, 6)) + " s";
        }
        return micros < HOUR
                ? two(micros / MINUTE, "min", micros % MINUTE / SECOND, "s")
                : two(micros / HOUR, "h", micros % HOUR / MINUTE, "min");
    }

    /** {@link #text} with three digits. */
    static String rounded(long micros) {
        return micros >= MINUTE || micros <= -MINUTE
                ? text(micros)
                : text(BigDecimal.valueOf(micros).round(new MathContext(3)).longValue());
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String decimal(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
