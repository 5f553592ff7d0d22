package dev.weft.cli.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads URLs as people write them, and says in words what is wrong with one that cannot be fetched. */
public final class UrlText {

    /** More than servers take. */
    private static final int MAX_LENGTH = 16_384;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

    /** {@code localhost:8080/x} has a scheme called {@code localhost} if one goes by the letter. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9.-]+:\\d+(/.*)?");

    private UrlText() {}

    /** A text is a URL that can be fetched, or it is none. */
    public sealed interface Parsed {}

    /**
     * It is one. Two that mean the same request have equal {@code uri}s: without a fragment, in ASCII, in lower case
     * where case does not count.
     */
    public record Url(URI uri) implements Parsed {}

    /** It is none, for this reason and with this remedy. */
    public record NoUrl(String why) implements Parsed {}

    public static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new NoUrl("longer than " + MAX_LENGTH + " characters");
        }
        var scheme = SCHEME.matcher(text);
        if (!scheme.matches() || HOST_AND_PORT.matcher(text).matches()) {
            return new NoUrl("no scheme: write https://" + (text.startsWith("//") ? text.substring(2) : text));
        }
        var name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            return new NoUrl("cannot fetch " + name + ": only http and https");
        }
        try {
            return normalize(name, new URI(text));
        } catch (URISyntaxException e) {
            return new NoUrl(inWords(e));
        }
    }

    /** The URL that a redirect's {@code Location} means. */
    public static Parsed resolve(URI base, String location) {
        try {
            var reference = new URI(location);
            return parse(isWithoutPath(reference) ? samePath(base, reference) : withoutDots(base.resolve(reference)));
        } catch (URISyntaxException e) {
            return new NoUrl(inWords(e));
        }
    }

    private static boolean isWithoutPath(URI reference) {
        return reference.getScheme() == null
                && reference.getRawAuthority() == null
                && reference.getRawPath().isEmpty();
    }

    /** {@code ?page=2} and the empty reference keep the path; Java goes by an older rule, and drops it. */
    private static String samePath(URI base, URI reference) {
        var query = reference.getRawQuery() == null ? base.getRawQuery() : reference.getRawQuery();
        return base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath()
                + (query == null ? "" : "?" + query);
    }

    /** There is nothing above the root, so {@code /../a} means {@code /a}; Java leaves it as it is. */
    private static String withoutDots(URI resolved) {
        var path = resolved.getRawPath();
        if (path == null || !path.startsWith("/..")) {
            return resolved.toString();
        }
        var rest = path;
        while (rest.startsWith("/../") || rest.equals("/..")) {
            rest = rest.length() == 3 ? "/" : rest.substring(3);
        }
        return resolved.toString().replaceFirst(Pattern.quote(path), Matcher.quoteReplacement(rest));
    }

    private static Parsed normalize(String scheme, URI uri) {
        var authority = uri.getRawAuthority();
        if (uri.isOpaque() || authority == null) {
            return new NoUrl("no host: write " + scheme + "://host/path");
        }
        if (authority.indexOf('@') >= 0) {
            return new NoUrl("has a user name in it: leave it out, and give --header 'Authorization: …'");
        }
        // Java's parser takes ASCII names only, and keeps others apart as an "authority"
        var host = uri.getHost();
        var port = uri.getPort();
        if (host == null) {
            var colon = authority.lastIndexOf(':');
            host = toAscii(colon < 0 ? authority : authority.substring(0, colon));
            port = colon < 0 ? -1 : number(authority.substring(colon + 1));
            if (host == null || (colon >= 0 && port < 0)) {
                return new NoUrl("'" + authority + "' is no host name");
            }
        }
        if (port == 0 || port > 65_535) {
            return new NoUrl("there is no port " + port + ": they go from 1 to 65535");
        }
        var text = new StringBuilder(scheme).append("://").append(host.toLowerCase(Locale.ROOT));
        if (port != -1 && port != defaultPort(scheme)) {
            text.append(':').append(port);
        }
        text.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        try {
            return new Url(new URI(new URI(text.toString()).toASCIIString()));
        } catch (URISyntaxException e) {
            return new NoUrl(inWords(e));
        }
    }

    private static @Nullable String toAscii(String host) {
        try {
            var ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            return new URI("http", ascii, "/", null).getHost() == null ? null : ascii;
        } catch (IllegalArgumentException | URISyntaxException e) {
            return null;
        }
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** The host and port that limits go by, as in {@code example.org:443}. */
    public static String hostKey(URI uri) {
        return uri.getHost() + ":" + (uri.getPort() == -1 ? defaultPort(uri.getScheme()) : uri.getPort());
    }

    private static String inWords(URISyntaxException e) {
        var index = e.getIndex();
        if (e.getReason().startsWith("Expected authority")) {
            return "no host: write http://host/path";
        }
        if (index < 0 || index >= e.getInput().length()) {
            return e.getReason().toLowerCase(Locale.ROOT);
        }
        var c = e.getInput().codePointAt(index);
        if (Character.isWhitespace(c)) {
            return "has a space at column " + (index + 1) + ": write one URL a line, and %20 for a space";
        }
        return String.format("has %s at column %d, which must be written %s", printable(c), index + 1, escaped(c));
    }

    private static String printable(int c) {
        return Character.isISOControl(c)
                ? String.format("a control character (U+%04X)", c)
                : "a '" + Character.toString(c) + "'";
    }

    private static String escaped(int c) {
        var text = new StringBuilder();
        for (var b : Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            text.append(String.format("%%%02X", b));
        }
        return text.toString();
    }
}
