package dev.weft.cli.command;

import java.util.Locale;

/** The form of a picture. */
enum PictureFormat {
    HTML,
    TRACE;

    /** As in {@code html}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
