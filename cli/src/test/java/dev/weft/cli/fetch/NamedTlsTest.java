package dev.weft.cli.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.http.Trust;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hosts with {@code _} in their names, over TLS: Java's own does not take them. */
class NamedTlsTest {

    /**
     * The certificate that the server has is its own authority. Made once: {@code openssl req -x509 -newkey ec -subj
     * /CN=common_name.internal -addext subjectAltName=DNS:*.weft-test.invalid,DNS:exact_name.internal}.
     */
    private static Trust trust() throws Exception {
        return new Trust.Besides(List.of((X509Certificate) NamelessServer.keys().getCertificate("test")));
    }

    private static Map<String, Object> fetch(Trust trust, String host, int port) throws Exception {
        return FoundAt.fetch(trust, List.of("127.0.0.1"), "https://" + host + ":" + port + "/")
                .getFirst();
    }

    @Test
    void hostWithAnUnderscore_isAskedByItsName_ifTheCertificateIsIts() throws Exception {
        try (var server = new NamelessServer()) {
            for (var host : List.of("my_" + FoundAt.host(), "exact_name.internal", "EXACT_name.internal.")) {
                assertThat(fetch(trust(), host, server.port())).as(host).containsEntry("outcome", "ok");
            }
            assertThat(server.hosts())
                    .hasSize(3)
                    .allMatch(host -> host.contains("_") && host.endsWith(":" + server.port()));
        }
    }

    @Test
    void anotherHostsCertificate_isATlsError_andTheRequestIsNotSent() throws Exception {
        try (var server = new NamelessServer()) {
            for (var host : List.of("another_name.internal", "common_name.internal", "a_b.c.weft-test.invalid")) {
                assertThat(fetch(trust(), host, server.port()))
                        .containsEntry("kind", "tls")
                        .containsEntry("message", "the certificate is for another host: -k accepts it nevertheless");
            }
            assertThat(fetch(new Trust.Usual(), "exact_name.internal", server.port()))
                    .as("an authority that nobody knows")
                    .containsEntry("kind", "tls");
            assertThat(server.hosts()).isEmpty();
        }
    }

    @Test
    void insecure_acceptsEveryCertificate() throws Exception {
        try (var server = new NamelessServer()) {
            assertThat(fetch(new Trust.Everybody(), "another_name.internal", server.port()))
                    .containsEntry("outcome", "ok");
        }
    }

    @Test
    void server_isToldTheName() throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            var hello = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                while (!listener.isClosed()) {
                    try (var socket = listener.accept()) {
                        var in = new DataInputStream(socket.getInputStream());
                        in.skipNBytes(3);
                        hello.complete(new String(in.readNBytes(in.readUnsignedShort()), ISO_8859_1));
                    } catch (Exception e) {
                        // a connection that only tries the address, or the end
                    }
                }
            });
            var host = "my_" + FoundAt.host();
            fetch(new Trust.Usual(), host, listener.getLocalPort());
            // type 0, and the length in two bytes
            assertThat(hello.getNow("nothing"))
                    .contains("\0\0" + (char) host.length() + host)
                    .doesNotContain("weft.invalid");
        }
    }
}
