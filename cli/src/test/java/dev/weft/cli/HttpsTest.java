package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** https, against a server whose certificate no authority has signed. */
class HttpsTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    private static KeyStore keys;
    private static SSLContext before;

    private SSLServerSocket listener;

    /**
     * Made once, with {@code keytool -genkeypair -alias test -keyalg EC -dname CN=test -ext san=ip:127.0.0.1 -validity
     * 36500}.
     */
    @BeforeAll
    static void loadCertificate() throws Exception {
        keys = KeyStore.getInstance("PKCS12");
        try (var in = HttpsTest.class.getResourceAsStream("keys.p12")) {
            keys.load(in, PASSWORD);
        }
        before = SSLContext.getDefault();
    }

    @AfterAll
    static void restore() {
        SSLContext.setDefault(before);
    }

    private static SSLContext trusting(KeyStore authorities) throws GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void listen() throws Exception {
        listener = (SSLServerSocket)
                trusting(keys).getServerSocketFactory().createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try (var socket = listener.accept()) {
                    readHead(socket.getInputStream());
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // a client that does not trust it goes away
                }
            }
        });
    }

    private static void readHead(InputStream in) throws IOException {
        var head = "";
        while (!head.endsWith("\r\n\r\n")) {
            var b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head += (char) b;
        }
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private String url() {
        return "https://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    @Test
    void trustedServer_isFetchedFrom() throws Exception {
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("test", keys.getCertificate("test"));
        SSLContext.setDefault(trusting(authorities));
        assertThat(weft("fetch", "--format", "ndjson", url()).result(url()))
                .containsEntry("outcome", "ok")
                .containsEntry("bytes", 2L);
    }

    @Test
    void unknownAuthority_isATlsError() {
        SSLContext.setDefault(before);
        assertThat(weft("fetch", "--format", "ndjson", url()).result(url()))
                .containsEntry("kind", "tls")
                .containsEntry(
                        "message",
                        "the certificate is not from an authority known here: --cacert FILE trusts one more, -k all");
    }

    @Test
    void anotherHostsCertificate_isATlsError() throws Exception {
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("test", keys.getCertificate("test"));
        SSLContext.setDefault(trusting(authorities));
        var url = url().replace("127.0.0.1", "localhost");
        assertThat(weft("fetch", "--format", "ndjson", url).result(url))
                .containsEntry("kind", "tls")
                .containsEntry("message", "the certificate is for another host: -k accepts it nevertheless");
    }

    @Test
    void insecure_acceptsEverything_andSaysSo() {
        SSLContext.setDefault(before);
        for (var url : new String[] {url(), url().replace("127.0.0.1", "localhost")}) {
            var ran = weft("fetch", "--format", "ndjson", "--insecure", url);
            assertThat(ran.result(url)).containsEntry("outcome", "ok");
            assertThat(ran.err()).contains("--insecure: certificates are not checked");
        }
    }

    @Test
    void cacert_isTrustedBesidesTheKnownOnes_andNotForAnotherHost(@TempDir Path folder) throws Exception {
        SSLContext.setDefault(before);
        var pem = Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("test").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        assertThat(weft("fetch", "--format", "ndjson", "--cacert", pem.toString(), url())
                        .result(url()))
                .containsEntry("outcome", "ok");
        var other = url().replace("127.0.0.1", "localhost");
        assertThat(weft("fetch", "--format", "ndjson", "--cacert", pem.toString(), other)
                        .result(other))
                .containsEntry("message", "the certificate is for another host: -k accepts it nevertheless");
    }

    @Test
    void cacert_thatHoldsNone_isWrongUsage(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("x"), "no certificate");
        assertThat(weft("fetch", "--cacert", file.toString(), url()).err())
                .contains("--cacert")
                .contains("holds no certificate");
        assertThat(weft("fetch", "--insecure", "--cacert", file.toString(), url())
                        .exitCode())
                .isEqualTo(2);
    }
}
