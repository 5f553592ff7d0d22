package dev.weft.cli.model;

import java.util.Objects;

/**
 * Where a URL was found.
 *
 * @param source the name of a list or page, or what else holds it
 * @param line its number, from 1; -1 if it has none
 * @param inList whether it is a line of a list; who typed an argument knows where it is
 */
public record SourceLocation(String source, long line, boolean inList) {

    private static final String ARGUMENT = "argument";

    public SourceLocation {
        Objects.requireNonNull(source, "source");
    }

    public SourceLocation(String text, boolean inList) {
        this(text, -1, inList);
    }

    public static SourceLocation argument(int number) {
        return new SourceLocation(ARGUMENT, number, false);
    }

    public static SourceLocation line(String source, long number) {
        return new SourceLocation(source, number, true);
    }

    /** As in {@code urls.txt:12} or {@code argument 3}. */
    public String text() {
        return line < 0 ? source : source + (inList ? ":" : " ") + line;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceLocation that && inList == that.inList && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** As {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
