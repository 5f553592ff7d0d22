package dev.weft.cli.model;

import java.util.Objects;

/**
 * Where a URL was found.
 *
 * @param text as in {@code urls.txt:12} or {@code argument 3}
 * @param inList whether it is a line of a list; who typed an argument knows where it is
 */
public record SourceLocation(String text, boolean inList) {

    public SourceLocation {
        Objects.requireNonNull(text, "text");
    }

    public static SourceLocation argument(int number) {
        return new SourceLocation("argument " + number, false);
    }

    public static SourceLocation line(String source, long number) {
        return new SourceLocation(source + ":" + number, true);
    }

    /** As in {@code urls.txt:12}. */
    @Override
    public String toString() {
        return text;
    }
}
