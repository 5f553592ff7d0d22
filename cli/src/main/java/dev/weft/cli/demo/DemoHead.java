package dev.weft.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The head of a request, read strictly: what two readers could understand differently is refused.
 *
 * @param bodyLength the number of bytes of the body that follows
 */
record DemoHead(String method, String target, long bodyLength) {

    /** More than a demonstration sends. */
    private static final long MAX_BODY = 100_000_000;

    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]{1,20}) ([!-~]+) HTTP/1\\.[01]");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):(.*)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /**
     * Reads a head.
     *
     * @param text everything up to and including the empty line
     * @throws IllegalArgumentException with the reason, if it is not a head, or asks for what this server does not do
     */
    static DemoHead parse(String text) {
        var lines = lines(text);
        var request = REQUEST_LINE.matcher(lines.getFirst());
        if (!request.matches()) {
            throw new IllegalArgumentException("not a request line");
        }
        var length = -1L;
        for (var line : lines.subList(1, lines.size())) {
            var header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new IllegalArgumentException("not a header");
            }
            var value = header.group(2).strip();
            switch (header.group(1).toLowerCase(Locale.ROOT)) {
                case "content-length" -> {
                    var said = length(value);
                    if (length >= 0 && length != said) {
                        throw new IllegalArgumentException("two Content-Lengths that differ");
                    }
                    length = said;
                }
                case "transfer-encoding" ->
                    throw new IllegalArgumentException("Transfer-Encoding is not supported: send a Content-Length");
                default -> {}
            }
        }
        return new DemoHead(request.group(1), request.group(2), Math.max(0, length));
    }

    private static long length(String value) {
        if (!LENGTH.matcher(value).matches()) {
            throw new IllegalArgumentException("Content-Length is not a whole number");
        }
        var length = Long.parseLong(value);
        if (length > MAX_BODY) {
            throw new IllegalArgumentException("Content-Length is more than " + MAX_BODY);
        }
        return length;
    }

    /** The lines up to the empty one. A line ends with a line feed, and a carriage return may come before it only. */
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.split("\n", -1)) {
            var bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (bare.isEmpty() && !lines.isEmpty()) {
                break;
            }
            if (bare.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw new IllegalArgumentException("a control character in a request's head");
            }
            lines.add(bare);
        }
        return lines;
    }
}
