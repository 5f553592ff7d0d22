package dev.weft.cli.demo;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The behaviour that a URL asks of the demo server.
 *
 * @param silent never answer
 * @param delay before the answer
 * @param status of the answer
 * @param size of the body
 * @param drip how long the body takes
 * @param breakAt where to end the connection too early
 * @param location where to redirect to, or empty
 */
record DemoPage(boolean silent, Duration delay, int status, int size, Duration drip, Break breakAt, String location) {

    private static final int DEFAULT_SIZE = 1000;
    private static final int MAX_SIZE = 100_000_000;

    /** Where a connection is ended too early. */
    enum Break {
        NOWHERE,
        /** Before the answer. */
        HEAD,
        /** Half-way through the body. */
        BODY,
        /** Instead of an answer, something that is not HTTP. */
        GARBAGE
    }

    /**
     * Reads a request's target, as in {@code /page/1?delay=1200ms&size=5000}. Unknown words are ignored.
     *
     * @throws IllegalArgumentException if a value cannot be read
     */
    static DemoPage parse(String target) {
        var values = query(target);
        var location = values.containsKey("loop") ? target : values.getOrDefault("to", "");
        // it becomes a header
        if (location.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("to= must be a URL in ASCII, without spaces and control characters");
        }
        return new DemoPage(
                values.containsKey("silent"),
                millis(values.getOrDefault("delay", "0ms")),
                status(values.getOrDefault("status", location.isEmpty() ? "200" : "302")),
                Math.clamp(Integer.parseInt(values.getOrDefault("size", String.valueOf(DEFAULT_SIZE))), 0, MAX_SIZE),
                millis(values.getOrDefault("drip", "0ms")),
                Break.valueOf(values.getOrDefault("break", "nowhere").toUpperCase(Locale.ROOT)),
                location);
    }

    private static int status(String text) {
        var status = Integer.parseInt(text);
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status= must be from 200 to 999");
        }
        return status;
    }

    private static Map<String, String> query(String target) {
        var values = new HashMap<String, String>();
        var query = URI.create(target).getRawQuery();
        if (query != null) {
            for (var part : query.split("&", -1)) {
                var equals = part.indexOf('=');
                var name = equals < 0 ? part : part.substring(0, equals);
                values.put(
                        name, equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Integer.parseInt(text.endsWith("ms") ? text.substring(0, text.length() - 2) : text));
    }
}
