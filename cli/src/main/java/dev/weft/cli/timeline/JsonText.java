package dev.weft.cli.timeline;

import dev.weft.cli.text.Shown;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes JSON that may stand in a page: no character of it ends a script element, or changes how a line is read, and no
 * URL has a password in it. Not thread-safe.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final Deque<Boolean> first = new ArrayDeque<>();

    JsonText() {
        first.push(true);
    }

    JsonText open(char bracket) {
        separate();
        text.append(bracket);
        first.push(true);
        return this;
    }

    JsonText close(char bracket) {
        first.pop();
        text.append(bracket);
        return this;
    }

    /** A value is to follow. */
    JsonText name(String name) {
        value(name);
        text.append(':');
        first.pop();
        first.push(true);
        return this;
    }

    JsonText value(long value) {
        separate();
        text.append(value);
        return this;
    }

    JsonText value(String shown) {
        separate();
        text.append('"');
        // a browser shows it, and obeys the characters that reorder a line
        var value = Shown.text(shown);
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ' || "<>&".indexOf(c) >= 0 || (c >= 0x7f && !Character.isLetterOrDigit(c))) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
        return this;
    }

    JsonText field(String name, String value) {
        return name(name).value(value);
    }

    JsonText field(String name, long value) {
        return name(name).value(value);
    }

    private void separate() {
        if (first.pop()) {
            first.push(false);
        } else {
            first.push(false);
            text.append(',');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
