package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import java.net.CookieHandler;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps servers' cookies for the length of a run, each for its host alone. Thread-safe. */
final class CookieJar extends CookieHandler {

    private static final int MAX_OF_HOST = 50;
    private static final int MAX_HOSTS = 1000;

    private final Map<String, List<Cookie>> byHost = new HashMap<>();

    /** The cookies for this URL, as a header's value; empty for none. */
    String header(URI uri) {
        return get(uri, Map.of()).getOrDefault("Cookie", List.of("")).getFirst();
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> request) {
        var now = Instant.now();
        synchronized (byHost) {
            var cookies = byHost.getOrDefault(host(uri), new ArrayList<>());
            cookies.removeIf(cookie -> cookie.hasExpired(now));
            var header = cookies.stream()
                    .filter(cookie -> cookie.goesTo(uri))
                    .sorted(Comparator.comparingInt(
                            (Cookie cookie) -> -cookie.path().length()))
                    .map(cookie -> cookie.name() + "=" + cookie.value())
                    .collect(Collectors.joining("; "));
            return header.isEmpty() ? Map.of() : Map.of("Cookie", List.of(header));
        }
    }

    @Override
    public void put(URI uri, Map<String, List<String>> response) {
        response.forEach((name, values) -> {
            if ("set-cookie".equalsIgnoreCase(name)) {
                values.forEach(value -> Cookie.parse(uri, value, Instant.now()).ifPresent(cookie -> add(uri, cookie)));
            }
        });
    }

    private void add(URI uri, Cookie cookie) {
        var isSafe = uri.getScheme().equals("https");
        synchronized (byHost) {
            if (byHost.size() == MAX_HOSTS && !byHost.containsKey(host(uri))) {
                return;
            }
            var cookies = byHost.computeIfAbsent(host(uri), _ -> new ArrayList<>());
            // somebody between us and a server must not overwrite what came over https
            if (!isSafe && cookies.stream().anyMatch(old -> old.secure() && cookie.replaces(old))) {
                return;
            }
            cookies.removeIf(cookie::replaces);
            if (!cookie.hasExpired(Instant.now())) {
                if (cookies.size() == MAX_OF_HOST) {
                    cookies.removeFirst();
                }
                cookies.add(cookie);
            }
        }
    }

    private static String host(URI uri) {
        return HostName.of(uri).toLowerCase(Locale.ROOT);
    }
}
