package dev.weft.cli.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs as people and servers write them, by one rule: what a browser escapes is escaped. Says in words what is
 * wrong with one that cannot be fetched.
 */
public final class UrlText {

    /** More than servers take. */
    private static final int MAX_LENGTH = 16_384;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

    /** {@code localhost:8080/x} has a scheme called {@code localhost} if one goes by the letter. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9._-]+:\\d+(/.*)?");

    /** Endings that are more likely a file's than a host's. */
    private static final Pattern FILE =
            Pattern.compile("(?i)(?:\\./|\\.\\./|/(?!/)).*|[^:]*\\.(?:txt|md|markdown|html?|csv|lst|xml)");

    /**
     * Letters and joiners that Java turns into others or drops, and browsers do not: they would lead to another host.
     */
    private static final Pattern DOUBTFUL = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    /** Another URL after a blank: no browser is given two. */
    private static final Pattern SECOND = Pattern.compile("[^?#]*?\\s(?i:https?)://.*", Pattern.DOTALL);

    private UrlText() {}

    /** A text is a URL that can be fetched, or it is none. */
    public sealed interface Parsed {}

    /**
     * It is one. Two that mean the same request have equal {@code uri}s: without a fragment, in ASCII, in lower case
     * where case does not count, without the name and password.
     *
     * @param login the name and password in it, as in {@code me:secret}; null if there is none
     */
    public record Url(URI uri, @Nullable String login) implements Parsed {
        public Url(URI uri) {
            this(uri, null);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Url[" + uri + (login == null ? "]" : ", with a login]");
        }
    }

    /** It is none, for this reason and with this remedy. */
    public record NoUrl(String why) implements Parsed {}

    public static Parsed parse(String given) {
        if (given.length() > MAX_LENGTH) {
            return new NoUrl("longer than " + MAX_LENGTH + " characters");
        }
        var text = given.strip();
        if (text.isEmpty()) {
            return new NoUrl("is empty: is a variable not set?");
        }
        var scheme = SCHEME.matcher(text);
        if (!scheme.matches() || HOST_AND_PORT.matcher(text).matches()) {
            return new NoUrl("no scheme: write https://" + (text.startsWith("//") ? text.substring(2) : text)
                    + (FILE.matcher(text).matches() ? ", or -i FILE for a list, or --links FILE for a page" : ""));
        }
        var name = scheme.group(1).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            return new NoUrl("cannot fetch " + name + ": only http and https");
        }
        var rest = UrlSyntax.slashes(withoutFragment(text.substring(name.length() + 1)));
        var unreadable = unreadable(rest);
        if (unreadable != null) {
            return new NoUrl(unreadable);
        }
        if (!rest.startsWith("//")) {
            return new NoUrl("no host: write " + name + "://host/path");
        }
        if (hasBlank(rest) && SECOND.matcher(rest).matches()) {
            return new NoUrl("has a second URL in it: write one URL a line");
        }
        return url(name, rest);
    }

    /** The URL that a redirect's {@code Location} means. */
    public static Parsed resolve(URI base, String location) {
        var text = location.strip();
        if (SCHEME.matcher(text).matches()) {
            return parse(text);
        }
        var reference = UrlSyntax.slashes(withoutFragment(text));
        if (reference.length() > MAX_LENGTH) {
            return new NoUrl("longer than " + MAX_LENGTH + " characters");
        }
        if (reference.startsWith("//")) {
            return parse(base.getScheme() + ":" + reference);
        }
        return parse(reference.isEmpty() ? base.toString() : UrlSyntax.resolve(base, reference));
    }

    /**
     * A header's value as the server wrote it. The client takes each byte for a character: bytes that are UTF-8 are
     * read as that, and others are escaped one by one, so that a server gets back what it has sent.
     */
    public static String ofHeader(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            var text = new StringBuilder();
            for (var b : bytes) {
                text.append(b >= 0 ? String.valueOf((char) b) : String.format("%%%02X", b));
            }
            return text.toString();
        }
    }

    private static String withoutFragment(String text) {
        var hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static boolean hasBlank(String text) {
        return text.chars().anyMatch(Character::isWhitespace);
    }

    /** The part that no browser sends; null if there is none. */
    private static @Nullable String unreadable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                return String.format("has a %s: write one URL a line", c == '\t' ? "tab" : "line end");
            }
            if (c == '\ufffd' || (Character.isSurrogate(c) && !isPair(text, i))) {
                return "has a character that was lost where it was read (U+FFFD): is it in UTF-8?";
            }
        }
        return null;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static Parsed url(String scheme, String rest) {
        var end = 2;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        var authority = rest.substring(2, end);
        var at = authority.lastIndexOf('@');
        var login = at < 0 ? null : authority.substring(0, at);
        var place = authority.substring(at + 1);
        if (place.isEmpty()) {
            return new NoUrl("no host: write " + scheme + "://host/path");
        }
        var doubtful = DOUBTFUL.matcher(place);
        if (doubtful.find()) {
            return new NoUrl(
                    "'" + doubtful.group() + "' in a host name has had two meanings (IDNA 2003 and 2008): write"
                            + " the name in ASCII, as in xn--strae-oqa.example");
        }
        var colon = place.lastIndexOf(':');
        var hasPort = colon > place.lastIndexOf(']');
        var host = host(hasPort ? place.substring(0, colon) : place);
        var digits = hasPort ? place.substring(colon + 1) : "";
        if (host == null || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new NoUrl(
                    hasBlank(place)
                            ? "has a space in its host: write one URL a line"
                            // what stands before the @ of a password that has a slash is no host
                            : rest.indexOf('@') >= 0 && login == null
                                    ? "has no host name before its path; in a password, write %2F for /"
                                    : "'" + place + "' is no host name");
        }
        var port = digits.isEmpty() ? -1 : number(digits);
        if (port == 0 || port > 65_535) {
            return new NoUrl("there is no port " + digits + ": they go from 1 to 65535");
        }
        var text = new StringBuilder(scheme).append("://").append(host);
        if (port != -1 && port != defaultPort(scheme)) {
            text.append(':').append(port);
        }
        var path = UrlSyntax.pathAndQuery(rest.substring(end));
        text.append(path.startsWith("/") ? "" : "/").append(path);
        try {
            return new Url(new URI(text.toString()), login == null || login.isEmpty() ? null : login);
        } catch (URISyntaxException e) {
            return new NoUrl(e.getReason().toLowerCase(Locale.ROOT));
        }
    }

    /** In ASCII and lower case; null if it is none. A {@code _} is none in the DNS's rules, and yet many have it. */
    private static @Nullable String host(String text) {
        if (text.startsWith("[")) {
            // the zone of an address that is not known to all, as in fe80::1%25eth0: Java writes it with a bare %
            var literal = text.replaceFirst("%25(?=.)", "%");
            return literal.endsWith("]") && isLiteral(literal) ? withoutCase(literal) : null;
        }
        String ascii;
        try {
            ascii = isAscii(text)
                    ? text.toLowerCase(Locale.ROOT)
                    : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
        return HostName.isOne(ascii) ? ascii : null;
    }

    /** In lower case, but for the zone, which is the name of a network interface. */
    private static String withoutCase(String literal) {
        var zone = literal.indexOf('%');
        return zone < 0
                ? literal.toLowerCase(Locale.ROOT)
                : literal.substring(0, zone).toLowerCase(Locale.ROOT) + literal.substring(zone);
    }

    private static boolean isLiteral(String text) {
        try {
            return new URI("http://" + text + "/").getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int number(String digits) {
        var shortest = digits.replaceFirst("^0+(?=.)", "");
        return shortest.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(shortest);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** The host and port that limits go by, as in {@code example.org:443}. */
    public static String hostKey(URI uri) {
        return HostName.of(uri) + ":" + port(uri);
    }

    /** The port, also if it is the scheme's own. */
    public static int port(URI uri) {
        var port = HostName.portOf(uri);
        return port == -1 ? defaultPort(uri.getScheme()) : port;
    }
}
