package dev.weft.cli.check;

import java.util.Comparator;

/**
 * Where a link stands.
 *
 * @param document the name of a file as it was found, or a URL
 * @param line counted from 1; 0 for the document as a whole
 * @param column counted from 1; 0 for the document as a whole
 */
public record Place(String document, int line, int column) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::document).thenComparingInt(Place::line).thenComparingInt(Place::column);

    static Place whole(String document) {
        return new Place(document, 0, 0);
    }

    boolean isWhole() {
        return line == 0;
    }

    /** Whether it is a page of the web. */
    boolean isPage() {
        return document.matches("(?i)https?://.*");
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** As in {@code README.md:3:5}. */
    @Override
    public String toString() {
        return isWhole() ? document : document + ":" + line + ":" + column;
    }
}
