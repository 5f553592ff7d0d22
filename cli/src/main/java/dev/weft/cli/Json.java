package dev.weft.cli;

import dev.weft.cli.text.Shown;
import java.util.List;

/** Writes one JSON object on one line. Not thread-safe. */
final class Json {

    private final StringBuilder text = new StringBuilder("{");
    private final boolean exact;

    /** An object to be shown: passwords in URLs are left out. */
    Json() {
        this(false);
    }

    private Json(boolean exact) {
        this.exact = exact;
    }

    /** An object that this program reads again. */
    static Json exact() {
        return new Json(true);
    }

    Json field(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    Json field(String name, long value) {
        name(name).append(value);
        return this;
    }

    Json field(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    Json field(String name, List<String> values) {
        name(name).append('[');
        for (var i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            string(values.get(i));
        }
        text.append(']');
        return this;
    }

    /** A value that is JSON already. */
    Json json(String name, String value) {
        name(name).append(value);
        return this;
    }

    /** The whole object. */
    @Override
    public String toString() {
        return text + "}";
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        string(name);
        return text.append(':');
    }

    private void string(String value) {
        text.append('"');
        (exact ? value : Shown.redacted(value)).codePoints().forEach(c -> {
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
                            text.append(String.format("\\u%04x", (int) half));
                        }
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        text.append('"');
    }
}
