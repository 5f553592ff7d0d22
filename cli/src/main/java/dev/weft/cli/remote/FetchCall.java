package dev.weft.cli.remote;

import dev.weft.cli.http.NamedServers;
import dev.weft.cli.http.NetRc;
import dev.weft.cli.http.Request;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.StatusSet;
import dev.weft.cluster.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One try of one URL, as it is sent to a member.
 *
 * @param isNamed whether the user has named its server, which may have the credentials then
 * @param login the name and password that were written in the URL, or null
 * @param limits of which the member keeps those to one try
 */
record FetchCall(URI uri, boolean isNamed, @Nullable String login, Request request, Limits limits, StatusSet accepted) {

    private static final int MAX_HEADERS = 1_000;
    private static final int MAX_REDIRECTS = 1_000;
    private static final int NAMED = 1;
    private static final int GET_IF_HEAD_FAILS = 2;
    private static final int COMPRESSED = 4;
    private static final int FLAGS = 7;

    static final Codec<FetchCall> CODEC = new Codec<>() {
        @Override
        public byte[] encode(FetchCall call) {
            return call.bytes();
        }

        @Override
        public FetchCall decode(byte[] bytes) throws IOException {
            return FetchCall.of(new FieldReader(bytes));
        }
    };

    private byte[] bytes() {
        var flags = (isNamed ? NAMED : 0)
                | (request.getIfHeadFails() ? GET_IF_HEAD_FAILS : 0)
                | (request.compressed() ? COMPRESSED : 0);
        var fields = new FieldWriter()
                .text(uri.toString())
                .number(flags)
                .optional(login)
                .text(request.method())
                .number(request.headers().size());
        for (var header : request.headers()) {
            fields.text(header.name()).text(header.value());
        }
        return fields.number(limits.timeout().toMillis())
                .number(limits.maxBytes())
                .number(limits.maxRedirects())
                .text(accepted.toString())
                .bytes();
    }

    private static FetchCall of(FieldReader fields) throws IOException {
        try {
            var uri = new URI(fields.text());
            if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getRawAuthority() == null) {
                throw new IOException("no URL of http or https: " + uri);
            }
            var flags = fields.number(FLAGS, "the flags");
            var login = fields.optional();
            var method = fields.text();
            var headers = new ArrayList<Request.Header>();
            for (var left = fields.number(MAX_HEADERS, "the number of headers"); left > 0; left--) {
                headers.add(new Request.Header(fields.text(), fields.text()));
            }
            var timeout = Duration.ofMillis(Math.max(1, fields.number()));
            var maxBytes = fields.number();
            var maxRedirects = fields.number(MAX_REDIRECTS, "the limit of redirects");
            return new FetchCall(
                    uri,
                    (flags & NAMED) != 0,
                    login,
                    new Request(method, headers, (flags & GET_IF_HEAD_FAILS) != 0, (flags & COMPRESSED) != 0, null),
                    new Limits(null, timeout, 1, 1, null, maxBytes, maxRedirects),
                    StatusSet.parse(fields.text()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether it may be made twice without harm. */
    boolean isRepeatable() {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /** Whether an answer has a body that can be kept. */
    boolean hasBody() {
        return !request.method().equals("HEAD");
    }

    /** The servers that may have the credentials: its own or none, and those of this machine's {@code .netrc}. */
    NamedServers named(NetRc netRc) {
        var named = new NamedServers(netRc);
        if (isNamed) {
            named.add(uri);
        }
        named.addLogin(uri, login);
        return named;
    }
}
