package dev.weft.cli.command;

import dev.weft.cli.http.Identity;
import dev.weft.cli.http.NetRc;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Transport;
import dev.weft.cli.http.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the servers are reached, and who one is for them. */
final class ServerOptions {

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

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "Who one is for servers that ask: a certificate in PEM, with its key or without.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "The key of --cert in PEM, PKCS#8 without a password. Default: it is in the file of --cert.")
    private @Nullable Path key;

    private Identity identity() {
        if (key != null && certificate == null) {
            throw new IllegalArgumentException("--key is that of a certificate: give --cert FILE too");
        }
        if (certificate == null) {
            return Identity.NONE;
        }
        try {
            return Identity.read(Trust.readPem(certificate), key == null ? certificate : key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException((key == null ? "--cert: " : "--cert, --key: ") + e.getMessage(), e);
        }
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
    Transport transport(boolean cookies, Map<String, String> environment) {
        if (insecure && authorities != null) {
            throw new IllegalArgumentException("--insecure trusts everybody: leave it out, or leave out --cacert");
        }
        var trust = insecure
                ? new Trust.Everybody()
                : authorities == null ? new Trust.Usual() : new Trust.Besides(authorities);
        return new Transport(Proxies.of(proxy, noProxy, environment), trust, cookies, netRc(environment), identity());
    }
}
