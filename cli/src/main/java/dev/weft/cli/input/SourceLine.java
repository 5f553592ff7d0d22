package dev.weft.cli.input;

/** A line of a list of URLs that says something: not blank, not a comment. */
sealed interface SourceLine {

    /** Counted from 1. */
    long number();

    /** The line as it is shown. */
    String text();

    /** A line that can be read, without the blanks around it. */
    record Text(long number, String text) implements SourceLine {}

    /** A line that cannot: its beginning as far as it can be shown, and why. */
    record Unreadable(long number, String beginning, String why) implements SourceLine {
        @Override
        public String text() {
            return beginning;
        }
    }
}
