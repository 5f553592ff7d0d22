package dev.weft.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServedDemo demo;

    @BeforeEach
    void open() throws IOException {
        demo = new ServedDemo();
    }

    @AfterEach
    void close() throws InterruptedException {
        demo.close();
    }

    private Socket connect() throws IOException {
        var origin = demo.origin(0);
        return new Socket(origin.getHost(), origin.getPort());
    }

    private static void ask(Socket socket, String target) throws IOException {
        socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
    }

    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var b = socket.getInputStream().read();
            if (b < 0) {
                return head + "<end>";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Test
    void requests_onOneConnection_areAnsweredOneAfterTheOther() throws Exception {
        try (var socket = connect()) {
            for (var size : List.of(0, 1, 100_000)) {
                ask(socket, "/page?size=" + size);
                assertThat(head(socket)).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + size);
                assertThat(socket.getInputStream().readNBytes(size)).hasSize(size);
            }
            ask(socket, "/page?status=503&size=0");
            assertThat(head(socket)).startsWith("HTTP/1.1 503 ");
        }
        assertThat(demo.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(demo.statistics()).isEqualTo(new DemoStatistics(1, 4, 4, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent?silent", "/slow?delay=60000ms", "/drip?size=1000&drip=60000ms"})
    void clientThatGoesAway_whileTheServerWaits_isSeenAtOnce(String target) throws Exception {
        try (var socket = connect()) {
            ask(socket, target);
            demo.awaitRequests(1);
            if (target.startsWith("/drip")) {
                head(socket);
            }
        }
        assertThat(demo.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(demo.statistics()).isEqualTo(new DemoStatistics(1, 1, 0, 1, 1));
    }

    @Test
    void brokenPages_endTheConnectionTooEarly() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/x?break=head");
            assertThat(head(socket)).isEqualTo("<end>");
        }
        try (var socket = connect()) {
            ask(socket, "/x?size=1000&break=body");
            assertThat(head(socket)).contains("Content-Length: 1000");
            assertThat(socket.getInputStream().readAllBytes()).hasSize(500);
        }
        try (var socket = connect()) {
            ask(socket, "/x?break=garbage");
            assertThat(head(socket)).doesNotContain("HTTP");
        }
        assertThat(demo.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(demo.statistics()).isEqualTo(new DemoStatistics(3, 3, 3, 0, 1));
    }

    @Test
    void redirect_namesItsTarget() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/x?to=http%3A%2F%2Fa%2F&size=0");
            assertThat(head(socket)).startsWith("HTTP/1.1 302 ").contains("Location: http://a/\r\n");
        }
    }

    @Test
    void nonsense_isRefused_andHarmsNobodyElse() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/x?delay=soon");
            assertThat(head(socket)).startsWith("HTTP/1.1 400 ");
        }
        try (var socket = connect()) {
            socket.getOutputStream().write("hello\r\n\r\n".getBytes(US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 400 ");
        }
        try (var socket = connect()) {
            ask(socket, "/x");
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x?to=http%3A%2F%2Fa%2F%0D%0ASet-Cookie%3A%20a=b HTTP/1.1\r\n\r\n",
                "GET /x?to=%09a HTTP/1.1\r\n\r\n",
                "GET /x?to=%C2%85a HTTP/1.1\r\n\r\n",
                "GET /x\0 HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\nA: \u001b[2J\r\n\r\n",
                "GET /x HTTP/1.1\r\nA: a\rContent-Length: 5\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: 0x5\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length:\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: 2147483647\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /x HTTP/1.1\r\nContent-Length : 1\r\n\r\n",
                "GET /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /x?status=-1 HTTP/1.1\r\n\r\n",
                "GET /x?status=100 HTTP/1.1\r\n\r\n",
                "GET /<script>alert(1)</script> HTTP/1.1\r\n\r\n",
            })
    void oddRequest_isAnswered400_andNothingOfItBecomesAHeader(String request) throws Exception {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(head(socket))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Content-Type: text/plain", "nosniff")
                    .doesNotContain("Set-Cookie");
        }
        try (var socket = connect()) {
            ask(socket, "/x");
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void stoppedServer_leavesNoConnectionAndNoListener() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/x");
            head(socket);
            ask(socket, "/x?silent");
            demo.close();
            assertThat(demo.server().openConnections()).isZero();
            socket.getInputStream().readNBytes(1000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(demo.statistics().cut())
                .as("it was the server that ended it")
                .isZero();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::connect))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void madeUpUrls_areTheExercisesMixture_andTheSameForTheSameSeed() {
        var origins = List.of(URI.create("http://127.0.0.1:1/"), URI.create("http://127.0.0.1:2/"));
        var urls = DemoUrls.of(origins, 1000, 7);
        assertThat(urls)
                .hasSize(1000)
                .doesNotHaveDuplicates()
                .isEqualTo(DemoUrls.of(origins, 1000, 7))
                .isNotEqualTo(DemoUrls.of(origins, 1000, 8));
        var pages = urls.stream()
                .map(url -> DemoPage.parse(url.getRawPath() + "?" + url.getRawQuery()))
                .toList();
        assertThat(pages).filteredOn(DemoPage::silent).hasSize(100);
        assertThat(pages).filteredOn(page -> page.status() != 200).hasSize(100);
        assertThat(pages)
                .filteredOn(page -> page.breakAt() != DemoPage.Break.NOWHERE)
                .hasSize(100);
        assertThat(pages)
                .filteredOn(page -> !page.silent())
                .allSatisfy(
                        page -> assertThat(page.delay()).isBetween(Duration.ofMillis(500), Duration.ofMillis(2500)));
        assertThat(urls).filteredOn(url -> url.getPort() == 1).hasSize(500);
    }

    @Test
    void portsBeyondTheLast_areRefused() {
        assertThatThrownBy(() -> DemoServer.open(65_535, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("65536");
    }
}
