package dev.weft.cli.links;

/**
 * A link, where it stands. Two are equal if their texts and lines are: a page that links twice in one line has one line
 * to mend.
 *
 * @param text as it is meant: entities and escapes are decoded
 * @param line counted from 1
 * @param column of its beginning in this line, counted from 1; 1 if it is not known
 */
public record Link(String text, int line, int column) {

    public Link(String text, int line) {
        this(text, line, 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Link that && line == that.line && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + line;
    }
}
