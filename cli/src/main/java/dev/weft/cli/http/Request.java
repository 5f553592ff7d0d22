package dev.weft.cli.http;

import dev.weft.cli.model.Version;
import dev.weft.cli.text.HostName;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that is made of every URL.
 *
 * @param method as in {@code GET}
 * @param headers in the order in which they were given
 * @param getIfHeadFails whether a HEAD that fails is followed by a GET; {@code method} is HEAD then
 * @param compressed whether servers are told that they may pack bodies
 * @param body what is sent, or null for nothing
 */
public record Request(
        String method,
        List<Header> headers,
        boolean getIfHeadFails,
        boolean compressed,
        @Nullable Payload body) {

    /** The headers that identify the client; not for another server that a redirect names. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    private static final String HOST = "Host";

    static {
        // read once by the client, which would else refuse to be told the name of a host
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
    }

    public Request {
        headers = List.copyOf(headers);
    }

    public Request(String method, List<Header> headers, boolean getIfHeadFails) {
        this(method, headers, getIfHeadFails, false, null);
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
        if (!isAscii(header.value())) {
            throw new IllegalArgumentException("beyond ASCII");
        }
    }

    /**
     * Why a header cannot be sent; of its value, which may be a secret, not more than the character that is at fault.
     */
    public static String whyNot(Header header) {
        try {
            check(new Header(header.name(), "x"));
            return isAscii(header.value())
                    ? "its value has characters that no header may have"
                    : beyondAscii(header.value());
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The client knows no way to send bytes: what it cannot send in ASCII, it sends as a question mark. */
    private static String beyondAscii(String value) {
        var before = (int) value.chars().takeWhile(c -> c < 0x80).count();
        var character = value.codePointAt(before);
        return "character %d of its value is U+%04X (%s), beyond ASCII, and Java's client would send ?; escape it, as in %s"
                .formatted(
                        before + 1,
                        character,
                        Character.getName(character),
                        URLEncoder.encode(Character.toString(character), StandardCharsets.UTF_8) + " or =?UTF-8?B?…?=");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /**
     * The request for a URL.
     *
     * @param sameOrigin false if a redirect or a page has led to another server: credentials are left out then
     * @param authorization for this server, if no header that may be sent says another; null for none
     * @throws IllegalArgumentException if the client does not take the method or a header
     */
    HttpRequest to(URI uri, boolean sameOrigin, @Nullable String authorization) {
        var isAlias = uri.getHost() == null;
        var request = HttpRequest.newBuilder(isAlias ? Addresses.alias(uri) : uri);
        var hasZone = !isAlias && uri.getHost().indexOf('%') >= 0;
        var hasHost = isAlias || hasZone || has(HOST);
        // over plain HTTP, the client would try an upgrade to HTTP/2 with each request; and HTTP/2 names the host
        // elsewhere
        request.version(
                uri.getScheme().equals("https") && !hasHost ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        method(request);
        if (!has("User-Agent")) {
            request.header("User-Agent", Version.userAgent());
        }
        if (!has("Accept")) {
            request.header("Accept", "*/*");
        }
        if (compressed && !has("Accept-Encoding")) {
            request.header("Accept-Encoding", "gzip");
        }
        if ((isAlias || hasZone) && !has(HOST)) {
            // the zone of an address is this machine's own (RFC 6874)
            request.header(HOST, uri.getRawAuthority().replaceFirst("%[^]]*", ""));
        }
        var isAuthorized = false;
        for (var header : headers) {
            var isForAll = !CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT)) && !header.is(HOST);
            if (sameOrigin || isForAll) {
                request.header(header.name(), header.value());
                isAuthorized |= header.is("Authorization");
            }
        }
        if (authorization != null && !isAuthorized) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    /** By the builder's own methods, where there are such: with the others, the client tells of a body of no bytes. */
    private void method(HttpRequest.Builder request) {
        if (body != null && !method.equals("GET") && !method.equals("HEAD")) {
            request.method(method, body.publisher());
            return;
        }
        switch (method) {
            case "GET" -> request.GET();
            case "HEAD" -> request.HEAD();
            case "DELETE" -> request.DELETE();
            default -> request.method(method, BodyPublishers.noBody());
        }
    }

    private boolean has(String name) {
        return headers.stream().anyMatch(header -> header.is(name));
    }

    /** The name of the request, as in {@code GET}; {@code check} if only existence is asked. */
    public String inWords() {
        return getIfHeadFails ? "check" : method;
    }

    /** This request with another method. */
    Request method(String other) {
        return new Request(other, headers, getIfHeadFails, compressed, body);
    }

    /** Why the client cannot ask this at all; null if it can. */
    static @Nullable String whyNot(URI uri, boolean isProxied) {
        return uri.getHost() == null && isProxied
                ? "Java's client cannot ask a proxy for the host name " + HostName.of(uri)
                        + ": only letters, digits, - and ."
                : null;
    }
}
