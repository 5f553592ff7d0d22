package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import dev.weft.cli.text.UrlText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the user has named, and who the user is for which. Only they are sent credentials: a page may link
 * to anywhere. Thread-safe.
 */
public final class NamedServers {

    private final Set<String> origins = ConcurrentHashMap.newKeySet();
    private final Map<URI, String> logins = new ConcurrentHashMap<>();
    private final NetRc netRc;

    /** None yet, but for those of a {@code .netrc}. */
    public NamedServers(NetRc netRc) {
        this.netRc = netRc;
    }

    public void add(URI uri) {
        origins.add(origin(uri));
    }

    /** The first name and password that were written in this URL, as in {@code me:secret}; null for none. */
    public void addLogin(URI uri, @Nullable String login) {
        if (login != null) {
            logins.putIfAbsent(uri, login);
        }
    }

    public boolean contains(URI uri) {
        return origins.contains(origin(uri));
    }

    /** The name and password that were written in this URL; null if there were none. */
    @Nullable
    String login(URI uri) {
        return logins.get(uri);
    }

    /** The {@code Authorization} that the {@code .netrc} has for a server; null if it has none. */
    @Nullable
    String fromNetRc(URI uri) {
        var login = netRc.login(HostName.of(uri));
        return login == null ? null : basic(login.name(), login.password());
    }

    /** The {@code Authorization} for what is written before the {@code @} of a URL. */
    static String basic(String login) {
        var colon = login.indexOf(':');
        return basic(
                unescaped(colon < 0 ? login : login.substring(0, colon)),
                unescaped(colon < 0 ? "" : login.substring(colon + 1)));
    }

    private static String basic(String name, String password) {
        var bytes = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    /** A {@code %} that begins no escape is one. */
    private static String unescaped(String text) {
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

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + UrlText.hostKey(uri);
    }
}
