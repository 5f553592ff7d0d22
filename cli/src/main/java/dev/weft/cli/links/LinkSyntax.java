package dev.weft.cli.links;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How links are taken apart and put together, as browsers do it. */
final class LinkSyntax {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);

    /** What is registered, in use on pages, and no mistake. Anything else is told of. */
    private static final Set<String> ELSEWHERE = Set.of(
            "about",
            "android-app",
            "bitcoin",
            "blob",
            "callto",
            "cid",
            "data",
            "facetime",
            "geo",
            "intent",
            "ios-app",
            "irc",
            "ircs",
            "javascript",
            "magnet",
            "mailto",
            "market",
            "matrix",
            "mid",
            "news",
            "skype",
            "sip",
            "sips",
            "sms",
            "tel",
            "tg",
            "urn",
            "vbscript",
            "webcal",
            "whatsapp",
            "xmpp");

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    private LinkSyntax() {}

    static LinkTarget target(String link, @Nullable URI base) {
        var text = withoutFragment(clean(link));
        if (text.isEmpty()) {
            return new LinkTarget.SamePage();
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            var name = scheme.group(1).toLowerCase(Locale.ROOT);
            if (ELSEWHERE.contains(name)) {
                return new LinkTarget.Elsewhere();
            }
            var isWeb = name.equals("http") || name.equals("https");
            return new LinkTarget.Web(isWeb ? name + ":" + absolute(slashes(scheme.group(2))) : text);
        }
        text = slashes(text);
        if (text.startsWith("//")) {
            return new LinkTarget.Web((base == null ? "https" : base.getScheme()) + ":" + absolute(text));
        }
        return base == null ? new LinkTarget.Relative() : new LinkTarget.Web(resolve(base, text));
    }

    /** Without the blanks around it, and without line ends, which browsers do not mind. */
    private static String clean(String link) {
        var start = 0;
        var end = link.length();
        while (start < end && link.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && link.charAt(end - 1) <= ' ') {
            end--;
        }
        return link.substring(start, end).replaceAll("[\\t\\r\\n]+", "");
    }

    private static String withoutFragment(String text) {
        var hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String slashes(String text) {
        var query = text.indexOf('?');
        return query < 0
                ? text.replace('\\', '/')
                : text.substring(0, query).replace('\\', '/') + text.substring(query);
    }

    /** What follows a scheme: {@code //host/path?query}. */
    private static String absolute(String text) {
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
    private static String resolve(URI base, String text) {
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

    private static String pathAndQuery(String text) {
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
        var escaped = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            if (UNRESERVED.indexOf(c) >= 0 || also.indexOf(c) >= 0 || (c == '%' && isHex(text, i))) {
                escaped.appendCodePoint(c);
            } else {
                for (var b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(String.format(Locale.ROOT, "%02X", b));
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isHex(String text, int at) {
        return at + 2 <= text.length()
                && Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }
}
