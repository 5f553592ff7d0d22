package dev.weft.cli.http;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.text.HostName;
import dev.weft.cli.text.UrlText;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How servers are reached.
 *
 * @param proxies which requests go through which proxy
 * @param trust whose certificates are believed
 * @param cookies whether servers' cookies are kept for the length of a run, and sent back
 * @param netRc who one is for which server
 * @param identity who one is for servers that ask for a certificate
 */
public record Transport(Proxies proxies, Trust trust, boolean cookies, NetRc netRc, Identity identity) {

    public Transport(Proxies proxies, Trust trust, boolean cookies) {
        this(proxies, trust, cookies, NetRc.NONE, Identity.NONE);
    }

    /** The JDK's way of doing HTTP, of which one exchange at a time is used: its limits and redirects are not ours. */
    HttpClient client(Executor executor, @Nullable CookieJar jar) {
        proxies.allowBasicThroughTunnels();
        var client = HttpClient.newBuilder()
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(LazyTls.context(trust, identity))
                .sslParameters(LazyTls.parameters());
        if (!proxies.isEmpty()) {
            client.proxy(proxies);
            proxies.authenticator().ifPresent(client::authenticator);
        } else {
            client.proxy(ProxySelector.of(null));
        }
        if (jar != null) {
            client.cookieHandler(jar);
        }
        return client.build();
    }

    /** A fault between us and a proxy is the proxy's, and not the URL's. */
    Outcome.Broken blame(URI uri, Outcome.Broken broken) {
        var proxy = proxies.of(uri);
        var isAboutTheWay = broken.kind() == ErrorKind.CONNECT || broken.kind() == ErrorKind.DNS;
        return proxy == null || !isAboutTheWay
                ? broken
                : new Outcome.Broken(
                        broken.kind(), "the proxy " + proxy.host() + ":" + proxy.port() + ": " + broken.cause());
    }

    /** The host whose address has to be known for a request: the proxy's, if there is one. */
    HostAndPort toFind(URI uri) {
        var proxy = proxies.of(uri);
        return proxy == null
                ? new HostAndPort(HostName.of(uri), UrlText.port(uri))
                : new HostAndPort(proxy.host(), proxy.port());
    }

    boolean isProxied(URI uri) {
        return proxies.of(uri) != null;
    }

    /** Where a connection goes to. */
    record HostAndPort(String host, int port) {}
}
