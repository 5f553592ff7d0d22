package dev.weft.cli.text;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;

/**
 * How URLs are taken apart and put together, as browsers do it: the one rule for lists, arguments, links and redirects.
 */
public final class UrlSyntax {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The characters that stand in a path as they are. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    private UrlSyntax() {}

    /** Before the query, a backslash is a slash. */
    public static String slashes(String text) {
        var query = text.indexOf('?');
        return query < 0
                ? text.replace('\\', '/')
                : text.substring(0, query).replace('\\', '/') + text.substring(query);
    }

    /** The part behind the scheme: {@code //host/path?query}. */
    public static String absolute(String text) {
        if (!text.startsWith("//")) {
            return escape(text, "");
        }
        var end = 2;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '?') {
            end++;
        }
        return text.substring(0, end) + pathAndQuery(text.substring(end));
    }

    /** RFC 3986, section 5.2; the JDK's own is of an older one, and takes {@code ?query} for another page. */
    public static String resolve(URI base, String text) {
        var origin = base.getScheme() + "://" + base.getRawAuthority();
        var path = base.getRawPath() == null || base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        if (text.startsWith("/")) {
            return origin + pathAndQuery(text);
        }
        if (text.startsWith("?")) {
            return origin + path + pathAndQuery(text);
        }
        return origin + pathAndQuery(path.substring(0, path.lastIndexOf('/') + 1) + text);
    }

    /** Of something after a host, which may be nothing. */
    static String pathAndQuery(String text) {
        var query = text.indexOf('?');
        if (query < 0) {
            return withoutDots(escape(text, ""));
        }
        return withoutDots(escape(text.substring(0, query), "")) + escape(text.substring(query), "?[]");
    }

    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        var kept = new ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (var i = 0; i < segments.length; i++) {
            var isLast = i == segments.length - 1;
            switch (segments[i]) {
                case ".." -> {
                    kept.pollLast();
                    if (isLast) {
                        kept.add("");
                    }
                }
                case "." -> {
                    if (isLast) {
                        kept.add("");
                    }
                }
                default -> kept.add(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Escapes what a URL must not have; what is escaped already stays so. */
    private static String escape(String text, String also) {
        var end = plain(text, also);
        if (end == text.length()) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, end);
        for (var i = end; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isPlain(c) || also.indexOf(c) >= 0 || (c == '%' && isHex(text, i))) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(escaped(c));
            }
        }
        return escaped.toString();
    }

    /** The path of a file as it stands in a URL: a {@code %} and a {@code :} are its own. */
    public static String escapedPath(String path) {
        return escape(path.replace("%", "%25"), "").replace(":", "%3A");
    }

    /** How many characters at the beginning need no look at what follows them. */
    private static int plain(String text, String also) {
        var end = 0;
        while (end < text.length() && (isPlain(text.charAt(end)) || also.indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && PLAIN[c];
    }

    /** A character as its bytes in UTF-8, as in {@code %C3%A9}. */
    static String escaped(int c) {
        var text = new StringBuilder();
        for (var b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            text.append('%').append(HEX.toHexDigits(b));
        }
        return text.toString();
    }

    /** With the characters that its escapes stand for, in UTF-8; a {@code %} that begins no escape is one. */
    public static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var plain = new ByteArrayOutputStream(bytes.length);
        for (var i = 0; i < bytes.length; i++) {
            var high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            var low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                plain.write(high * 16 + low);
                i += 2;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(String text, int at) {
        return at + 2 <= text.length()
                && Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }
}
