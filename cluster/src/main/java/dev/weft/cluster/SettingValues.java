package dev.weft.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of settings that are text, what their values look like, and what they set. */
final class SettingValues {

    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(KiB|MiB|)");

    /** Sets one value. Relative paths begin at {@code base}. */
    interface Setter {
        void set(WorkersBuilder builder, String value, Path base) throws IOException;
    }

    /** In the order of the keys; {@code allow} is part of {@code tls}. */
    static final Map<String, Setter> SETTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("bind", (builder, value, base) -> builder.bind(value)),
            Map.entry("insecure", (builder, value, base) -> {
                if (flag(value)) {
                    builder.insecure();
                }
            }),
            Map.entry("introspection", (builder, value, base) -> builder.introspection(flag(value))),
            Map.entry("join", (builder, value, base) -> builder.join(list(value))),
            Map.entry("joinDns", (builder, value, base) -> builder.joinDns(value)),
            Map.entry("limit", (builder, value, base) -> builder.limit(number(value))),
            Map.entry("local", (builder, value, base) -> builder.local(flag(value))),
            Map.entry("maxFrame", (builder, value, base) -> builder.maxFrame(size(value))),
            Map.entry("name", (builder, value, base) -> builder.name(value)),
            Map.entry("onLoss", (builder, value, base) -> builder.onLoss(onLoss(value))),
            Map.entry("suspectAfter", (builder, value, base) -> builder.suspectAfter(time(value))),
            Map.entry("tls", (builder, value, base) -> builder.tls(Tls.fromPem(base.resolve(value)))),
            Map.entry("allow", (builder, value, base) -> list(value))));

    private SettingValues() {}

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    static List<String> list(String text) {
        var items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has an empty item: write items with a comma between two");
        }
        return items;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
        }
    }

    private static int size(String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size: write it as 65536, 64KiB or 1MiB");
        }
        var shift = match.group(2).equals("KiB") ? 10 : match.group(2).equals("MiB") ? 20 : 0;
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(match.group(1)) << shift);
    }

    private static Duration time(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            var remedy =
                    text.matches("\\d+") ? "write " + text + "s or " + text + "ms" : "write it as 3s, 500ms or 1m30s";
            throw new IllegalArgumentException("'" + text + "' is not a time: " + remedy);
        }
        return Duration.ofHours(whole(match.group(1)))
                .plusMinutes(whole(match.group(2)))
                .plusSeconds(whole(match.group(3)))
                .plusMillis(whole(match.group(4)));
    }

    private static long whole(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static OnLoss onLoss(String text) {
        try {
            return OnLoss.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is neither strict nor at-once", e);
        }
    }
}
