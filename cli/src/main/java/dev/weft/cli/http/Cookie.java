package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cookie, as RFC 6265 reads it; but it belongs to the host that set it and to no other. Which domains are shared by
 * strangers, as {@code co.uk} and {@code github.io} are, only a long list says that changes every week.
 *
 * @param path it goes to this path and what is below
 * @param secure whether it goes over https only
 * @param expires null for the end of the run
 */
record Cookie(
        String name,
        String value,
        String path,
        boolean secure,
        @Nullable Instant expires) {

    private static final int MAX_LENGTH = 4096;

    /** Reads a {@code Set-Cookie}; empty for one that this URL may not set, or that is none. */
    static Optional<Cookie> parse(URI from, String header, Instant now) {
        if (header.length() > MAX_LENGTH || header.chars().anyMatch(c -> c != '\t' && (c < ' ' || c > '~'))) {
            return Optional.empty();
        }
        var parts = header.split(";", -1);
        var equals = parts[0].indexOf('=');
        var name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var isSafe = from.getScheme().equals("https");
        var path = defaultPath(from);
        var secure = false;
        var hasDomain = false;
        Instant expires = null;
        Instant maxAge = null;
        for (var i = 1; i < parts.length; i++) {
            var at = parts[i].indexOf('=');
            var key = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
            var value = at < 0 ? "" : parts[i].substring(at + 1).strip();
            switch (key) {
                case "secure" -> secure = true;
                case "path" -> path = value.startsWith("/") ? value : defaultPath(from);
                case "expires" -> {
                    var date = HttpDate.parse(value.replace('-', ' '));
                    expires = date == null ? expires : date;
                }
                case "max-age" -> maxAge = age(value, now, maxAge);
                case "domain" -> {
                    hasDomain = true;
                    if (!value.isEmpty() && !isWithin(HostName.of(from), value)) {
                        return Optional.empty();
                    }
                }
                default -> {}
            }
        }
        var mustBeSecure = secure || name.startsWith("__Secure-") || name.startsWith("__Host-");
        if (mustBeSecure && !(secure && isSafe)) {
            return Optional.empty();
        }
        if (name.startsWith("__Host-") && (hasDomain || !path.equals("/"))) {
            return Optional.empty();
        }
        var value = parts[0].substring(equals + 1).strip();
        return Optional.of(new Cookie(name, value, path, secure, maxAge == null ? expires : maxAge));
    }

    /** Whether it goes with a request to this URL of its host. */
    boolean goesTo(URI uri) {
        var to = path(uri);
        return (!secure || uri.getScheme().equals("https"))
                && to.startsWith(path)
                && (to.length() == path.length() || path.endsWith("/") || to.charAt(path.length()) == '/');
    }

    boolean hasExpired(Instant now) {
        return expires != null && !expires.isAfter(now);
    }

    boolean replaces(Cookie other) {
        return name.equals(other.name) && path.equals(other.path);
    }

    private static boolean isWithin(String host, String domain) {
        var bare = (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
        var of = host.toLowerCase(Locale.ROOT);
        return of.equals(bare) || of.endsWith("." + bare);
    }

    private static String path(URI uri) {
        var path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** The folder of the page that sets it. */
    private static String defaultPath(URI uri) {
        var path = path(uri);
        var slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static @Nullable Instant age(String value, Instant now, @Nullable Instant otherwise) {
        if (!value.matches("-?\\d{1,18}")) {
            return otherwise;
        }
        // a year is as good as for ever
        return now.plus(Duration.ofSeconds(Math.clamp(Long.parseLong(value), 0L, 31_536_000L)));
    }
}
