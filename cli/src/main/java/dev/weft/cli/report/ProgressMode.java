package dev.weft.cli.report;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.text.Choice;
import java.util.Locale;

/** Whether a line on standard error shows how far things are. */
public enum ProgressMode {
    /** If standard error is a terminal. */
    AUTO,
    ALWAYS,
    NEVER;

    public static ProgressMode parse(String text) {
        return Choice.parse(values(), text);
    }

    public boolean isShown(StandardIo io) {
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
