package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one can say of the request: its body, its sender, its host; and what is told about it. */
class RequestOptionsTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    @Test
    void data_isSentAsAForm(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("data"), "{}");
        try (var server = new ScriptedServer(r -> answer(200, ""))) {
            assertThat(fetch("-d", "a=b", server.url("/")).outcomes()).containsOnlyKeys("ok");
            fetch("-X", "PUT", "-d", "@" + file, "-H", "content-type: application/json", server.url("/"));
            var first = server.requests().get(0);
            assertThat(first.method()).isEqualTo("POST");
            assertThat(first.headers())
                    .containsEntry("content-length", "3")
                    .containsEntry("content-type", "application/x-www-form-urlencoded");
            var second = server.requests().get(1);
            assertThat(second.method()).isEqualTo("PUT");
            assertThat(second.headers())
                    .containsEntry("content-length", "2")
                    .containsEntry("content-type", "application/json");
        }
    }

    @Test
    void data_isNotForARequestWithoutABody() {
        assertThat(weft("fetch", "-d", "s3cret", "--check", "http://127.0.0.1:1/")
                        .err())
                .contains("--data")
                .doesNotContain("s3cret");
        assertThat(weft("fetch", "-d", "@/nothing/there", "http://127.0.0.1:1/").err())
                .contains("there is no file /nothing/there");
    }

    @Test
    void userAgent_andHost_areAsSaid() throws Exception {
        try (var other = new ScriptedServer(r -> answer(200, ""));
                var server = new ScriptedServer(r -> answer(302, "", "Location: " + other.url("/")))) {
            fetch("--user-agent", "me/1", "-H", "Host: site.example", server.url("/"));
            assertThat(server.requests().getFirst().headers())
                    .containsEntry("user-agent", "me/1")
                    .containsEntry("host", "site.example");
            assertThat(other.requests().getFirst().headers())
                    .containsEntry("user-agent", "me/1")
                    .containsEntry("host", "127.0.0.1:" + other.port());
        }
    }

    @Test
    void verbose_tellsWhatIsAsked_andNoSecret() throws Exception {
        try (var server = new ScriptedServer(r -> answer(404, "", "X-Why: gone", "Set-Cookie: a=s3cret"))) {
            var url = server.url("/x").replace("//", "//me:s3cret@");
            var ran = weft("fetch", "-v", "-H", "Cookie: s3cret", url);
            assertThat(ran.err())
                    .contains("> GET " + server.url("/x"))
                    .contains("> Authorization: …")
                    .contains("< HTTP/1.1 404")
                    .containsIgnoringCase("< x-why: gone")
                    .doesNotContain("s3cret");
            assertThat(ran.out()).doesNotContain("X-Why");
        }
    }

    private static SSLServerSocket listenForCertificates(KeyStore keys) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("test", keys.getCertificate("test"));
        trusted.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        var listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        listener.setNeedClientAuth(true);
        Thread.ofPlatform().daemon().start(() -> {
            while (!listener.isClosed()) {
                try (var socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    if (socket.getInputStream().read(new byte[8192]) > 0) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
                                        .getBytes(US_ASCII));
                    }
                } catch (IOException e) {
                    // a client without one
                }
            }
        });
        return listener;
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + name
                + "-----\n";
    }

    @Test
    void certificate_isShownToAServerThatAsks(@TempDir Path folder) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = RequestOptionsTest.class.getResourceAsStream("keys.p12")) {
            keys.load(in, PASSWORD);
        }
        Key secret = keys.getKey("test", PASSWORD);
        var certificate = pem("CERTIFICATE", keys.getCertificate("test").getEncoded());
        var cert = Files.writeString(folder.resolve("cert.pem"), certificate).toString();
        var key = Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", secret.getEncoded()))
                .toString();
        var both = Files.writeString(folder.resolve("both.pem"), certificate + pem("PRIVATE KEY", secret.getEncoded()))
                .toString();
        try (var listener = listenForCertificates(keys)) {
            var url = "https://127.0.0.1:" + listener.getLocalPort() + "/";
            assertThat(fetch("-k", "--cert", cert, "--key", key, url).outcomes())
                    .containsOnlyKeys("ok");
            assertThat(fetch("-k", "--cert", both, url).outcomes()).containsOnlyKeys("ok");
            assertThat(fetch("--cacert", cert, "--cert", both, url).outcomes()).containsOnlyKeys("ok");
            assertThat(fetch("-k", url).outcomes()).containsOnlyKeys("error");
            assertThat(weft("fetch", "--cert", cert, url).err())
                    .contains("--cert: ")
                    .contains("holds no key");
            assertThat(weft("fetch", "--key", key, url).err()).contains("give --cert FILE");
        }
    }
}
