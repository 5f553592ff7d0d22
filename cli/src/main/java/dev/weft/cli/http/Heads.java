package dev.weft.cli.http;

import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Requests and answers in lines for people, without secrets. */
final class Heads {

    private static final Set<String> SECRET =
            Set.of("authorization", "cookie", "proxy-authorization", "set-cookie", "set-cookie2");

    private Heads() {}

    static List<String> of(URI uri, HttpRequest request) {
        return lines("> ", request.method() + " " + uri, request.headers());
    }

    static List<String> of(URI uri, ResponseInfo head) {
        var version = head.version() == HttpClient.Version.HTTP_2 ? "HTTP/2 " : "HTTP/1.1 ";
        return lines("< ", version + head.statusCode() + " from " + uri, head.headers());
    }

    private static List<String> lines(String prefix, String first, HttpHeaders headers) {
        var lines = new ArrayList<String>();
        lines.add(prefix + first);
        headers.map().forEach((name, values) -> {
            for (var value : values) {
                var isSecret = SECRET.contains(name.toLowerCase(Locale.ROOT));
                lines.add(prefix + name + ": " + (isSecret ? "…" : UrlText.ofHeader(value)));
            }
        });
        return lines;
    }
}
