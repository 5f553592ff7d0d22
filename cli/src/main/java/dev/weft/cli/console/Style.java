package dev.weft.cli.console;

/** Colours for a terminal, or none. */
public enum Style {
    PLAIN,
    COLOURED;

    public static Style of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
