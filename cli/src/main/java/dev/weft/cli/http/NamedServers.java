package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import dev.weft.cli.text.UrlSyntax;
import dev.weft.cli.text.UrlText;
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
    public @Nullable String login(URI uri) {
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
                UrlSyntax.unescaped(colon < 0 ? login : login.substring(0, colon)),
                UrlSyntax.unescaped(colon < 0 ? "" : login.substring(colon + 1)));
    }

    private static String basic(String name, String password) {
        var bytes = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + UrlText.hostKey(uri);
    }
}
