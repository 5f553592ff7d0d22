package dev.weft.cli;

import java.util.Locale;

/** Whether a line on standard error shows how far things are. */
enum ProgressMode {
    /** If standard error is a terminal. */
    AUTO,
    ALWAYS,
    NEVER;

    static ProgressMode parse(String text) {
        return Choice.parse(values(), text);
    }

    boolean isShown(StandardIo io) {
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
