package dev.weft.cli.command;

import java.util.Locale;

/** The form of a picture. */
enum PictureFormat {
    HTML(".html"),
    SVG(".svg"),
    TRACE(".json");

    /** How the names of its files end. */
    final String suffix;

    PictureFormat(String suffix) {
        this.suffix = suffix;
    }

    /** As in {@code html}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
