package dev.weft.cli.model;

import java.time.Duration;
import java.util.regex.Pattern;

/** How often something may begin, as in {@code 10/s}: evenly, one after so long. */
public record Rate(String text, Duration interval) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?:/(s|m|h))?");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static Rate parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is no rate; write it as 10/s, 90/m or 500/h");
        }
        var unit = match.group(2) == null ? "s" : match.group(2);
        var per = switch (unit) {
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
        return new Rate(match.group(1) + "/" + unit, per.dividedBy(Integer.parseInt(match.group(1))));
    }

    /** As in {@code 10/s}. */
    @Override
    public String toString() {
        return text;
    }
}
