package dev.weft.cli.text;

import java.util.List;

/**
 * Writes JSON without blanks, in one of three ways to write strings. Not Jackson's generator: which characters act is
 * {@link Shown}'s to say, code point by code point, and that one asks for each half of a pair alone. Not thread-safe.
 */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final Strings strings;
    /** Whether something stands before what comes next, in the same object or array. */
    private boolean follows;

    private JsonWriter(Strings strings) {
        this.strings = strings;
    }

    private enum Strings {
        SHOWN,
        EXACT,
        IN_PAGE
    }

    /** For people and their programs: no character acts on a terminal, passwords in URLs are left out. */
    public static JsonWriter shown() {
        return new JsonWriter(Strings.SHOWN);
    }

    /** For this program, which reads it again: the same with passwords. */
    public static JsonWriter exact() {
        return new JsonWriter(Strings.EXACT);
    }

    /** For a script in a page: no character ends a script element, or changes how a line is read, and no passwords. */
    public static JsonWriter inPage() {
        return new JsonWriter(Strings.IN_PAGE);
    }

    /** Begins an object or array. */
    public JsonWriter open(char bracket) {
        separate();
        text.append(bracket);
        follows = false;
        return this;
    }

    /** Ends it. */
    public JsonWriter close(char bracket) {
        text.append(bracket);
        follows = true;
        return this;
    }

    /** A value is to follow. */
    public JsonWriter name(String name) {
        value(name);
        text.append(':');
        follows = false;
        return this;
    }

    public JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    public JsonWriter value(String value) {
        separate();
        text.append('"');
        switch (strings) {
            case SHOWN -> append(Shown.redacted(value));
            case EXACT -> append(value);
            // a browser shows it, and obeys the characters that reorder a line
            case IN_PAGE -> appendInPage(Shown.text(value));
        }
        text.append('"');
        return this;
    }

    public JsonWriter field(String name, String value) {
        return name(name).value(value);
    }

    public JsonWriter field(String name, long value) {
        return name(name).value(value);
    }

    public JsonWriter field(String name, boolean value) {
        return json(name, String.valueOf(value));
    }

    /** An array of strings. */
    public JsonWriter field(String name, List<String> values) {
        name(name).open('[');
        values.forEach(this::value);
        return close(']');
    }

    /** A value that is JSON already. */
    public JsonWriter json(String name, String value) {
        name(name).separate();
        text.append(value);
        return this;
    }

    private void separate() {
        if (follows) {
            text.append(',');
        }
        follows = true;
    }

    private void append(String value) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // a lone surrogate has no UTF-8 form; others could act on a terminal
                    if (Shown.isHarmful(c)) {
                        for (var half : Character.toChars(c)) {
                            appendEscaped(half);
                        }
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
    }

    private void appendInPage(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ' || "<>&".indexOf(c) >= 0 || (c >= 0x7f && !Character.isLetterOrDigit(c))) {
                        appendEscaped(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }

    private void appendEscaped(char c) {
        text.append(String.format("\\u%04x", (int) c));
    }

    /** All that was written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
