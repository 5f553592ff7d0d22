package dev.weft.cli.http;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/**
 * How servers are reached.
 *
 * @param proxies which requests go through which proxy
 * @param trust whose certificates are believed
 * @param cookies whether servers' cookies are kept for the length of a run, and sent back
 */
public record Transport(Proxies proxies, Trust trust, boolean cookies) {

    /** The JDK's way of doing HTTP, of which one exchange at a time is used: its limits and redirects are not ours. */
    HttpClient client(Executor executor) {
        proxies.allowBasicThroughTunnels();
        var client = HttpClient.newBuilder()
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(LazyTls.context(trust))
                .sslParameters(LazyTls.parameters());
        if (!proxies.isEmpty()) {
            client.proxy(proxies);
            proxies.authenticator().ifPresent(client::authenticator);
        } else {
            client.proxy(ProxySelector.of(null));
        }
        if (cookies) {
            client.cookieHandler(new CookieJar());
        }
        return client.build();
    }

    /** What went wrong between us and a proxy is the proxy's fault, and not the URL's. */
    Outcome.Broken blame(URI uri, Outcome.Broken broken) {
        var proxy = proxies.of(uri);
        var isAboutTheWay = broken.kind() == ErrorKind.CONNECT || broken.kind() == ErrorKind.DNS;
        return proxy == null || !isAboutTheWay
                ? broken
                : new Outcome.Broken(
                        broken.kind(), "the proxy " + proxy.host() + ":" + proxy.port() + ": " + broken.cause());
    }

    /** The host whose address has to be known for a request: the proxy's, if there is one. */
    String hostToFind(URI uri) {
        var proxy = proxies.of(uri);
        return proxy == null ? uri.getHost() : proxy.host();
    }
}
