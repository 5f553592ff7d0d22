package dev.weft.cli.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Names of hosts. Java's {@link URI} knows the host of a URL only if it is one by the rules of the DNS; containers and
 * company networks have others, as {@code my_service}.
 */
public final class HostName {

    private static final int MAX_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*+\\.?");
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

    private HostName() {}

    /**
     * Whether this is a name or an IPv4 address; in lower case. A text that ends with a number is the latter or
     * nothing.
     */
    static boolean isOne(String text) {
        return text.length() <= MAX_LENGTH
                && NAME.matcher(text).matches()
                && (!NUMBER.matcher(text).matches() || isHostOfUri(text));
    }

    /** For Java, what ends with a number is an IPv4 address in four parts or nothing. */
    private static boolean isHostOfUri(String text) {
        try {
            return new URI("http://" + text + "/").getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The host of a URL that {@link UrlText} has read. */
    public static String of(URI uri) {
        var host = uri.getHost();
        if (host != null) {
            return host;
        }
        var authority = uri.getRawAuthority();
        var colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** The port in it; -1 for none. */
    public static int portOf(URI uri) {
        if (uri.getHost() != null) {
            return uri.getPort();
        }
        var authority = uri.getRawAuthority();
        var colon = authority.lastIndexOf(':');
        return colon < 0 ? -1 : Integer.parseInt(authority.substring(colon + 1));
    }
}
