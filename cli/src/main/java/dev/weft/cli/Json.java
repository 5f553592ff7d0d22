package dev.weft.cli;

import java.util.List;

/** Writes one JSON object on one line. Not thread-safe. */
final class Json {

    private final StringBuilder text = new StringBuilder("{");

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
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    // a lone surrogate has no UTF-8 form; control characters could act on a terminal
                    if (Character.isISOControl(c) || (Character.isSurrogate(c) && !partOfPair(value, i))) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean partOfPair(String value, int i) {
        var c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
