package dev.weft.cli.model;

import java.util.BitSet;
import java.util.regex.Pattern;

/** A set of statuses, as in {@code 2xx,404} or {@code 200-299}. Immutable. */
public final class StatusSet {

    private static final Pattern PART = Pattern.compile("([1-9])xx|(\\d{3})(?:-(\\d{3}))?");
    private static final int LAST = 999;

    /** The status codes that HTTP calls a success. */
    public static final StatusSet SUCCESS = parse("2xx");

    /** Answers that may be others before long: nobody is done with a URL that has one. */
    public static final StatusSet PASSING = parse("408,425,429,500,502,503,504");

    private final String text;
    private final BitSet statuses = new BitSet(LAST + 1);

    private StatusSet(String text) {
        this.text = text;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static StatusSet parse(String text) {
        var set = new StatusSet(text);
        for (var part : text.split(",", -1)) {
            var match = PART.matcher(part.strip());
            if (!match.matches()) {
                throw new IllegalArgumentException(
                        "'" + part + "' is no status; write it as 404, 200-299 or 2xx, and commas between several");
            }
            if (match.group(1) != null) {
                var hundreds = Integer.parseInt(match.group(1)) * 100;
                set.statuses.set(hundreds, hundreds + 100);
                continue;
            }
            var from = Integer.parseInt(match.group(2));
            var to = match.group(3) == null ? from : Integer.parseInt(match.group(3));
            if (to < from) {
                throw new IllegalArgumentException("'" + part + "' ends before it begins; write the smaller one first");
            }
            set.statuses.set(from, to + 1);
        }
        return set;
    }

    public boolean contains(int status) {
        return status >= 0 && statuses.get(status);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
