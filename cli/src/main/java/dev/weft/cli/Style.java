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

    /** What came from outside, made harmless: a control character could move a terminal's cursor, or forge a line. */
    static String harmless(String text) {
        if (text.chars().noneMatch(Style::harmful)) {
            return text;
        }
        var clean = new StringBuilder();
        text.chars().forEach(c -> {
            if (harmful(c)) {
                clean.append(String.format("\\x%02x", c));
            } else {
                clean.append((char) c);
            }
        });
        return clean.toString();
    }

    /** Controls, and the characters that reorder what stands around them. */
    private static boolean harmful(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029;
    }
}
