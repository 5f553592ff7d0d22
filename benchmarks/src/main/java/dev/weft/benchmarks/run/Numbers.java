package dev.weft.benchmarks.run;

import java.time.Duration;
import java.util.Locale;

/** Numbers as text for people: no more digits than mean something. */
public final class Numbers {

    private static final long GIB = 1L << 30;

    private Numbers() {}

    /** Three digits or more: 1,234, 123, 12.3, 1.23. */
    public static String figure(double value) {
        double size = Math.abs(value);
        // Decided on the rounded value, so that 99.96 is 100 and not 100.0.
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Two decimals, or none of what is large. */
    public static String ratio(double value) {
        return String.format(Locale.ROOT, value >= 99.95 ? "%,.0f" : "%.2f", value);
    }

    /** With separators. */
    public static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** As in 1.5 GiB. */
    public static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }

    /** As in 3 min 20 s. */
    public static String duration(Duration duration) {
        long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
