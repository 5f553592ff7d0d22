package dev.weft.cli.check;

import dev.weft.cli.text.Choice;
import java.util.Locale;

/** In which documents the place that a link names after its {@code #} is looked for. */
public enum Fragments {
    NONE,
    /** In files. */
    LOCAL,
    /** In files and in pages of the web, which are read for it. */
    ALL;

    public static Fragments parse(String text) {
        return Choice.parse(values(), text);
    }

    /** As in {@code local}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
