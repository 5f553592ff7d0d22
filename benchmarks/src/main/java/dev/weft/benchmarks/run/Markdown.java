package dev.weft.benchmarks.run;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A page that is written from the top down. */
public final class Markdown {

    private final StringBuilder text = new StringBuilder();

    /** Adds one line, or an empty one. */
    public void line(String line) {
        text.append(line).append('\n');
    }

    /** Adds a row of a table, whatever is in its cells. */
    public void row(String... cells) {
        line(Arrays.stream(cells).map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** Text that stays within its cell, whatever an exception has said. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
