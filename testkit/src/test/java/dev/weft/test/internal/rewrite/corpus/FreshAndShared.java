package dev.weft.test.internal.rewrite.corpus;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Formatter;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Objects that no other thread can have, and those that one can. */
public class FreshAndShared {

    private static Object seen;
    private StringBuilder builder = new StringBuilder();

    private static void give(Object object, long number) {
        seen = object;
    }

    public void chain() {
        use(new StringBuilder().append('a').append(2L).append(new char[1], 0, 1).toString());
        use("" + Pattern.compile("a").matcher("a").matches());
        use("" + ByteBuffer.allocate(8).putLong(3L).flip().getLong());
    }

    private static void use(String text) {}

    public void loop() {
        var text = new StringBuilder();
        for (var i = 0; i < 2; i++) {
            var part = new StringBuilder();
            part.append(i > 0 ? ", " : "");
            part.append((double) i);
            text.append(part.length());
        }
        text.append(text.length() > 3 ? 1 : 2L);
        switch (text.length()) {
            case 1 -> text.append('x');
            case 5 -> text.append("yz");
            default -> text.reverse();
        }
        use(text.toString());
    }

    public void other() {
        var text = new StringBuilder();
        if (text.isEmpty()) {
            text = builder;
        }
        text.length();
    }

    public void givenAway() {
        var text = new StringBuilder();
        text.append(1);
        give(text, 1L);
        text.append(2);
    }

    public void givenAwayLater() {
        var text = new StringBuilder();
        for (var i = 0; i < 2; i++) {
            text.append(i);
            if (i == 0) {
                seen = text.append("");
            }
        }
    }

    public void captured() {
        var text = new StringBuilder();
        Supplier<String> get = () -> text.toString();
        text.append(get.get());
    }

    public void inACollection() {
        var all = new StringBuilder[] {new StringBuilder()};
        var last = new StringBuilder();
        all[0] = last;
        last.append(1);
    }

    public void handler() {
        var text = new StringBuilder();
        try {
            text.append(1);
            new ArrayDeque<>(1).clear();
        } finally {
            text.append(2);
        }
    }

    public void wrappers() {
        var writer = new StringWriter();
        var formatter = new Formatter(writer);
        formatter.flush();
        var buffer = ByteBuffer.wrap(new byte[8]);
        buffer.putInt(1);
    }

    public void parameter() {
        append(new StringBuilder());
    }

    private static void append(StringBuilder text) {
        text.append(1);
    }
}
