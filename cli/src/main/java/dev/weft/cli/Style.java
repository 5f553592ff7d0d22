package dev.weft.cli;

/** Colours for a terminal, or none. */
enum Style {
    PLAIN,
    COLOURED;

    static Style of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    String of(Verdict verdict, String text) {
        return switch (verdict) {
            case OK -> paint("32", text);
            case FAILED, ERROR -> paint("31", text);
            case TIMEOUT, CUT -> paint("33", text);
            case UNSTARTED -> paint("2", text);
        };
    }

    String faint(String text) {
        return paint("2", text);
    }

    String alarming(String text) {
        return paint("31", text);
    }

    private String paint(String code, String text) {
        return this == COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
