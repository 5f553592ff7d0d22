package dev.weft.diagnostics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A dump as JSON, for programs. docs/dump.md has its shape. */
final class JsonText {

    private final StringBuilder json = new StringBuilder();

    private JsonText() {}

    static String of(TaskDump dump) {
        var text = new JsonText();
        text.append(dump);
        return text.json.toString();
    }

    private void append(TaskDump dump) {
        json.append("{\"takenAt\":");
        string(dump.takenAt().toString());
        json.append(",\"pid\":").append(dump.pid()).append(",\"entries\":[");
        var separator = "";
        for (var entry : dump.entries()) {
            json.append(separator);
            append(entry);
            separator = ",";
        }
        json.append("],\"awaitCycles\":[");
        separator = "";
        for (var cycle : dump.awaitCycles()) {
            json.append(separator);
            numbers(cycle);
            separator = ",";
        }
        json.append("]}");
    }

    private void append(Entry entry) {
        json.append("{\"id\":").append(entry.id()).append(",\"parent\":").append(entry.parent());
        field("kind", entry.kind().name());
        field("name", entry.name());
        field("state", entry.state().name());
        field("ageNanos", entry.age());
        field("waitingFor", entry.waitingFor());
        json.append(",\"awaits\":");
        numbers(entry.awaits());
        json.append(",\"awaitedBy\":");
        numbers(entry.awaitedBy());
        append(entry.deadline());
        append(entry.cancellation());
        field("createdAt", entry.createdAt());
        json.append(",\"frames\":[");
        var separator = "";
        for (var frame : entry.frames()) {
            json.append(separator);
            string(frame);
            separator = ",";
        }
        json.append("]}");
    }

    private void append(Entry.@Nullable Limit deadline) {
        if (deadline != null) {
            json.append(",\"deadline\":{\"remainingNanos\":").append(nanos(deadline.remaining()));
            field("owner", deadline.owner());
            json.append('}');
        }
    }

    private void append(Entry.@Nullable Stop stop) {
        if (stop != null) {
            json.append(",\"cancellation\":{\"count\":").append(stop.count());
            field("reason", stop.reason());
            field("by", stop.by());
            field("sinceNanos", stop.since());
            json.append('}');
        }
    }

    private void field(String name, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":");
            string(value);
        }
    }

    private void field(String name, @Nullable Duration value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":").append(nanos(value));
        }
    }

    private void numbers(List<Long> numbers) {
        json.append('[');
        for (var i = 0; i < numbers.size(); i++) {
            json.append(i == 0 ? "" : ",").append(numbers.get(i));
        }
        json.append(']');
    }

    /** The largest there is for what is longer than 292 years. */
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private void string(String value) {
        json.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029 || isLoneSurrogate(value, i)) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    /** It cannot be encoded as UTF-8. */
    private static boolean isLoneSurrogate(String value, int at) {
        var c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
