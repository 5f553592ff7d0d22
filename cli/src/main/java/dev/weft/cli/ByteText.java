package dev.weft.cli;

import java.util.Locale;

/** Amounts of data as people read them, in powers of a thousand: {@code 512 B}, {@code 12.3 kB}. */
final class ByteText {

    private static final String UNITS = "kMGTPE";

    private ByteText() {}

    static String format(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        var value = bytes / 1000.0;
        var unit = 0;
        // 999.95 would be shown as 1000.0
        while (value >= 999.95) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", value, UNITS.charAt(unit));
    }
}
