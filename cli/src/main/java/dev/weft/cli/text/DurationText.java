package dev.weft.cli.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 30s}, {@code 500ms}, {@code 1m30s}, {@code 2.5s}. */
public final class DurationText {

    /** Nine digits at most, so that nothing overflows: that is thirty years even in seconds. */
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static Duration parse(String text) {
        var match = FORM.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            var remedy = text.matches("\\d+(\\.\\d+)?")
                    ? "it has no unit: write " + text + "s or " + text + "ms"
                    : "write it as 30s, 500ms or 1m30s";
            throw new IllegalArgumentException("'" + text + "' is no duration; " + remedy);
        }
        return Duration.ofHours(whole(match.group(1)))
                .plusMinutes(whole(match.group(2)))
                .plusNanos(seconds(match.group(3)))
                .plusMillis(whole(match.group(4)));
    }

    private static long whole(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long seconds(@Nullable String number) {
        return number == null ? 0 : new BigDecimal(number).movePointRight(9).longValueExact();
    }

    /**
     * As short as it can be written for {@link #parse}: {@code 1m30s}, {@code 500ms}, {@code 2.5s}. Parts below a
     * millisecond are left out.
     */
    public static String format(Duration duration) {
        var text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutesPart() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        var millis = duration.toSecondsPart() * 1000 + duration.toMillisPart();
        if (millis >= 1000 || (millis > 0 && !text.isEmpty())) {
            text.append(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString())
                    .append('s');
        } else if (millis > 0 || text.isEmpty()) {
            text.append(millis).append("ms");
        }
        return text.toString();
    }

    /** For a column: seconds with two digits, as in {@code 0.53s}. */
    public static String seconds(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.toNanos(), 9).setScale(2, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%ss", seconds);
    }

    /**
     * In the two units that matter, as in {@code 530ms}, {@code 3.2s}, {@code 12m03s}, {@code 5h07m}, {@code 3d04h}.
     */
    public static String rough(Duration duration) {
        if (duration.isNegative()) {
            return "-" + rough(duration.negated());
        }
        if (duration.toSeconds() == 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + "." + duration.toMillisPart() / 100 + "s";
        }
        if (duration.toHours() == 0) {
            return String.format(Locale.ROOT, "%dm%02ds", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toDays() == 0
                ? String.format(Locale.ROOT, "%dh%02dm", duration.toHours(), duration.toMinutesPart())
                : String.format(Locale.ROOT, "%dd%02dh", duration.toDays(), duration.toHoursPart());
    }
}
