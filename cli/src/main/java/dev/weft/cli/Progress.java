package dev.weft.cli;

import java.util.Locale;

/** Whether a line on standard error shows how far things are. */
enum Progress {
    /** If standard error is a terminal. */
    AUTO,
    ALWAYS,
    NEVER;

    static Progress parse(String text) {
        return Choice.parse(values(), text);
    }

    boolean isShown(Io io) {
        return switch (this) {
            case AUTO -> io.errIsTerminal();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /** As in {@code auto}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
