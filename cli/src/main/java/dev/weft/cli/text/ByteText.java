package dev.weft.cli.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Amounts of data as people read them, in powers of a thousand: {@code 512 B}, {@code 12.3 kB}. */
public final class ByteText {

    private static final String UNITS = "kMGTPE";
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?(?:([kMGTPE])(i)?)?B?", Pattern.CASE_INSENSITIVE);

    private ByteText() {}

    /**
     * Reads an amount: {@code 512}, {@code 10kB}, {@code 1.5MB}, {@code 2GiB}.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static long parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size; write it as 500kB, 10MB or 1GiB");
        }
        var unit = match.group(2) == null ? "" : match.group(2).toUpperCase(Locale.ROOT);
        var factor = BigDecimal.valueOf(match.group(3) == null ? 1000 : 1024)
                .pow(unit.isEmpty() ? 0 : 1 + UNITS.toUpperCase(Locale.ROOT).indexOf(unit));
        try {
            return new BigDecimal(match.group(1))
                    .multiply(factor)
                    .setScale(0, RoundingMode.UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is more than can be counted", e);
        }
    }

    public static String format(long bytes) {
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
