package dev.weft.cli;

import java.util.Objects;

/**
 * Where a URL was found.
 *
 * @param text as in {@code urls.txt:12} or {@code argument 3}
 * @param inList whether it is a line of a list; who typed an argument knows where it is
 */
record Place(String text, boolean inList) {

    Place {
        Objects.requireNonNull(text, "text");
    }

    static Place argument(int number) {
        return new Place("argument " + number, false);
    }

    static Place line(String source, long number) {
        return new Place(source + ":" + number, true);
    }

    /** As in {@code urls.txt:12}. */
    @Override
    public String toString() {
        return text;
    }
}
