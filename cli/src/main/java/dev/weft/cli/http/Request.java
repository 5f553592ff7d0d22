package dev.weft.cli.http;

import dev.weft.cli.model.Version;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is asked of every URL.
 *
 * @param method as in {@code GET}
 * @param headers in the order in which they were given
 * @param getIfHeadFails whether a HEAD that fails is followed by a GET; {@code method} is HEAD then
 */
public record Request(String method, List<Header> headers, boolean getIfHeadFails) {

    /** What tells a server who one is; not for another server that a redirect names. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    public Request {
        headers = List.copyOf(headers);
    }

    /** One header. */
    public record Header(String name, String value) {

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /**
     * Finds out whether a header can be sent.
     *
     * @throws IllegalArgumentException with the reason, if the client does not take it
     */
    public static void check(Header header) {
        HttpRequest.newBuilder().header(header.name(), header.value());
    }

    /** Why a header cannot be sent, without its value, which may be a secret. */
    public static String whyNot(Header header) {
        try {
            check(new Header(header.name(), "x"));
            return "its value has characters that no header may have";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * The request for a URL.
     *
     * @param sameOrigin false if a redirect or a page has led to another server: credentials are left out then
     * @throws IllegalArgumentException if the client does not take the method or a header
     */
    HttpRequest to(URI uri, boolean sameOrigin) {
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                // over plain HTTP, the client would try an upgrade to HTTP/2 with each request
                .version(uri.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (headers.stream().noneMatch(header -> header.is("User-Agent"))) {
            request.header("User-Agent", Version.userAgent());
        }
        for (var header : headers) {
            if (sameOrigin || !CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT))) {
                request.header(header.name(), header.value());
            }
        }
        return request.build();
    }

    /** What is asked, as in {@code GET}; {@code check} if that is whether it is there. */
    public String inWords() {
        return getIfHeadFails ? "check" : method;
    }

    /** This request with another method. */
    Request method(String other) {
        return new Request(other, headers, getIfHeadFails);
    }
}
