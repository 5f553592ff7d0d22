package dev.weft.cli;

/** Colours for a terminal, or none. */
enum Style {
    PLAIN,
    COLOURED;

    static Style of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    String green(String text) {
        return paint("32", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
