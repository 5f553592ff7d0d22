package dev.weft.cli.http;

import dev.weft.cli.text.HostName;
import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests go through which proxy: as {@code --proxy} says, or else the environment, in the variables and with
 * the meaning that curl has made common. Immutable.
 */
public final class Proxies extends ProxySelector {

    /** Basic authentication to a proxy of https URLs, which the JDK forbids unless it is told otherwise. */
    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private static final String FORM =
            "write http://host:port; in a user name or password, %2F stands for /, %40 for @ and %3A for :";

    private final @Nullable ProxyServer forHttp;
    private final @Nullable ProxyServer forHttps;
    private final List<String> exceptions;

    private Proxies(@Nullable ProxyServer forHttp, @Nullable ProxyServer forHttps, List<String> exceptions) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.exceptions = exceptions;
    }

    /** A proxy, and who one is for it, as in {@code user:secret}. */
    public record ProxyServer(
            String host, int port, @Nullable String credentials) {}

    /**
     * The proxies of a run.
     *
     * @param all for every URL, or null for what the environment says; empty for none
     * @param not hosts that are reached without one, separated by commas; null for what the environment says
     * @throws IllegalArgumentException if a variable of the environment is no proxy; its name is in the message
     */
    public static Proxies of(@Nullable String all, @Nullable String not, Map<String, String> environment) {
        var exceptions = exceptions(not == null ? first(environment, "no_proxy", "NO_PROXY") : not);
        if (all != null) {
            var proxy = all.isEmpty() ? null : parse(all);
            return new Proxies(proxy, proxy, exceptions);
        }
        // HTTP_PROXY in capitals can come from a request's header, where a web server starts programs
        return new Proxies(
                fromEnvironment(environment, "http_proxy", "all_proxy", "ALL_PROXY"),
                fromEnvironment(environment, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
                exceptions);
    }

    private static @Nullable ProxyServer fromEnvironment(Map<String, String> environment, String... names) {
        for (var name : names) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                try {
                    return parse(value);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "the environment's " + name + ": " + e.getMessage() + "; or pass it by with --proxy ''", e);
                }
            }
        }
        return null;
    }

    private static String first(Map<String, String> environment, String... names) {
        for (var name : names) {
            if (environment.containsKey(name)) {
                return environment.get(name);
            }
        }
        return "";
    }

    /**
     * Reads a proxy's URL.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static ProxyServer parse(String text) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            throw noProxy(text, FORM);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw noProxy(text, "only proxies that speak HTTP are known: write http://host:port");
        }
        if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
            throw noProxy(text, FORM);
        }
        // the rest of a password with a slash, perhaps: then the host is none
        var path = uri.getRawPath();
        if (!(path.isEmpty() || path.equals("/")) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw noProxy(text, FORM);
        }
        var user = uri.getRawUserInfo();
        var host = uri.getHost().replaceAll("^\\[|]$", "");
        return new ProxyServer(
                host,
                uri.getPort() == -1 ? 80 : uri.getPort(),
                user == null ? null : URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException noProxy(String text, String remedy) {
        return new IllegalArgumentException("'" + Shown.proxy(text) + "' is no proxy; " + remedy);
    }

    private static List<String> exceptions(String text) {
        var exceptions = new ArrayList<String>();
        for (var part : text.split("[,\\s]+", -1)) {
            if (!part.isEmpty()) {
                exceptions.add(part.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""));
            }
        }
        return List.copyOf(exceptions);
    }

    boolean isEmpty() {
        return forHttp == null && forHttps == null;
    }

    /** The proxy that a request goes through; null for none. */
    @Nullable
    ProxyServer of(URI uri) {
        var proxy = uri.getScheme().equals("https") ? forHttps : forHttp;
        return proxy == null || isException(uri) ? null : proxy;
    }

    private boolean isException(URI uri) {
        var host = HostName.of(uri).replaceAll("^\\[|]$", "");
        return exceptions.stream()
                .anyMatch(exception -> exception.equals("*")
                        || exception.equals(host)
                        || host.endsWith("." + exception)
                        || exception.equals(UrlText.hostKey(uri))
                        || Network.contains(exception, host));
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = of(uri);
        return List.of(
                proxy == null
                        ? Proxy.NO_PROXY
                        : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request fails, and says so
    }

    /** The credentials for the proxies, if there are any. */
    Optional<Authenticator> authenticator() {
        return hasCredentials() ? Optional.of(new Credentials()) : Optional.empty();
    }

    private boolean hasCredentials() {
        return (forHttp != null && forHttp.credentials() != null)
                || (forHttps != null && forHttps.credentials() != null);
    }

    /** To be called before the process's first client is made; somebody's own setting stands. */
    void allowBasicThroughTunnels() {
        if (hasCredentials() && System.getProperty(TUNNELING) == null) {
            System.setProperty(TUNNELING, "");
        }
    }

    private final class Credentials extends Authenticator {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            for (var proxy : new @Nullable ProxyServer[] {forHttp, forHttps}) {
                if (proxy != null
                        && proxy.credentials() != null
                        && proxy.host().equalsIgnoreCase(getRequestingHost())
                        && proxy.port() == getRequestingPort()) {
                    var parts = proxy.credentials().split(":", 2);
                    return new PasswordAuthentication(parts[0], (parts.length == 1 ? "" : parts[1]).toCharArray());
                }
            }
            return null;
        }
    }
}
