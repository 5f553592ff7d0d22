package dev.weft.cli.text;

import java.util.List;

/**
 * Writes JSON on one line. The reader of the output decides how strings are escaped. Jackson's generator is not used:
 * {@link Shown} decides for whole code points, and the generator's hook gets each half of a pair alone. Not
 * thread-safe.
 */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final Strings strings;
    /** Whether the next value follows another one in the same object or array. */
    private boolean follows;

    private JsonWriter(Strings strings) {
        this.strings = strings;
    }

    private enum Strings {
        SHOWN,
        EXACT,
        IN_PAGE
    }

    /** For people and their programs: no character acts on a terminal, and passwords in URLs are left out. */
    public static JsonWriter shown() {
        return new JsonWriter(Strings.SHOWN);
    }

    /** For this program, which reads the text again: as {@link #shown}, with passwords. */
    public static JsonWriter exact() {
        return new JsonWriter(Strings.EXACT);
    }

    /** For a script in a page: no character ends a script element or reorders a line, and passwords are left out. */
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

    /** Ends an object or array. */
    public JsonWriter close(char bracket) {
        text.append(bracket);
        follows = true;
        return this;
    }

    /** Begins a field; its value follows. */
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

    /** A field with an array of strings. */
    public JsonWriter field(String name, List<String> values) {
        name(name).open('[');
        values.forEach(this::value);
        return close(']');
    }

    /** A field whose value is JSON already. */
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

    /** The JSON written so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
