package dev.weft.cli.command;

import dev.weft.cli.http.Identity;
import dev.weft.cli.http.NetRc;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.http.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of the servers, and how they are reached. */
final class RequestOptions {

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            converter = Converters.Method.class,
            description = "Default: GET.")
    private @Nullable String method;

    @Option(
            names = "--check",
            description = "Only look whether it is there: HEAD, and GET where a server does not answer that well.")
    private boolean check;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            converter = Converters.HeaderLine.class,
            description = "Sent with each request. May be repeated.")
    private List<Request.Header> headers = new ArrayList<>();

    @Option(names = "--cookies", description = "Keep servers' cookies while this runs. Default: they are ignored.")
    private boolean cookies;

    @Option(
            names = "--compressed",
            description = "Tell servers that they may pack bodies (gzip). What comes packed is unpacked in any case, and"
                    + " --max-bytes counts it unpacked.")
    private boolean compressed;

    @Option(
            names = "--netrc",
            description = "Tell servers the names and passwords that ~/.netrc (or the file in $NETRC) has for them.")
    private boolean netRc;

    @Option(
            names = "--netrc-file",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "The same, of this file.")
    private @Nullable Path netRcFile;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            converter = Converters.ProxyUrl.class,
            description = "http://[USER:PASSWORD@]HOST:PORT for all; '' for none. Default: as http_proxy, https_proxy"
                    + " and all_proxy say.")
    private @Nullable String proxy;

    @Option(
            names = "--no-proxy",
            paramLabel = "HOSTS",
            description = "Hosts to reach without it, with commas; * for all. Default: as no_proxy says.")
    private @Nullable String noProxy;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            converter = Converters.Certificates.class,
            description = "Trust the authorities in this PEM file, besides those that Java knows.")
    private @Nullable List<X509Certificate> authorities;

    @Option(
            names = {"-k", "--insecure"},
            description = "Accept every certificate: whoever stands in between can read and change everything.")
    private boolean insecure;

    /**
     * What is asked.
     *
     * @throws IllegalArgumentException if two options contradict each other; they are in the message
     */
    Request request() {
        if (check && method != null) {
            throw new IllegalArgumentException("--check asks by HEAD and GET: leave out --method " + method);
        }
        return new Request(check ? "HEAD" : method == null ? "GET" : method, headers, check, compressed, null);
    }

    private NetRc netRc(Map<String, String> environment) {
        if (netRcFile != null) {
            return NetRc.read(netRcFile);
        }
        if (!netRc) {
            return NetRc.NONE;
        }
        var named = environment.getOrDefault("NETRC", "");
        try {
            return NetRc.read(
                    named.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".netrc") : Path.of(named));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--netrc: " + e.getMessage(), e);
        }
    }

    /**
     * How it is asked.
     *
     * @throws IllegalArgumentException if two options contradict each other, or the environment's proxy is none
     */
    Transport transport(Map<String, String> environment) {
        if (insecure && authorities != null) {
            throw new IllegalArgumentException("--insecure trusts everybody: leave it out, or leave out --cacert");
        }
        var trust = insecure
                ? new Trust.Everybody()
                : authorities == null ? new Trust.Usual() : new Trust.Besides(authorities);
        return new Transport(Proxies.of(proxy, noProxy, environment), trust, cookies, netRc(environment), Identity.NONE);
    }
}
