package dev.weft.cli.http;

import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/**
 * The servers that the user has named. Only they are sent credentials: a page may link to anywhere. Not thread-safe
 * until it is complete.
 */
public final class NamedServers {

    private final Set<String> origins = new HashSet<>();

    public void add(URI uri) {
        origins.add(origin(uri));
    }

    public boolean contains(URI uri) {
        return origins.contains(origin(uri));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + UrlText.hostKey(uri);
    }
}
