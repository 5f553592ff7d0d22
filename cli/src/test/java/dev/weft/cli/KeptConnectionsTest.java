package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that keeps connections, and closes each when the next request on it comes. */
class KeptConnectionsTest {

    private ServerSocket listener;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean answersNothing;
    private volatile boolean resets;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    var socket = listener.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            if (readHead(in) && !answersNothing) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1));
                readHead(in);
            }
            if (resets) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // a client that goes away
        }
    }

    private boolean readHead(BufferedReader in) throws IOException {
        var line = in.readLine();
        if (line == null) {
            return false;
        }
        requests.incrementAndGet();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return true;
    }

    private String[] urls(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "http://127.0.0.1:" + listener.getLocalPort() + "/" + i)
                .toArray(String[]::new);
    }

    private Ran run(String method, int count) {
        return fetch(Stream.concat(Stream.of("-X", method, "--per-host", "5"), Stream.of(urls(count)))
                .toArray(String[]::new));
    }

    @Test
    void request_thatMeetsAClosingConnection_isSentAgainOnANewOne() {
        assertThat(run("GET", 40).outcomes()).containsOnlyKeys("ok");
    }

    @Test
    void request_thatMeetsAReset_isSentAgainOnANewOne() {
        resets = true;
        assertThat(run("GET", 40).outcomes()).containsOnlyKeys("ok");
    }

    @Test
    void post_isNotSentTwice() {
        var ran = run("POST", 20);
        assertThat(requests.get()).isLessThanOrEqualTo(20);
        assertThat(ran.results()).hasSize(20);
    }

    @Test
    void server_thatNeverAnswers_isAskedNoMoreThanTheClientDoes() {
        answersNothing = true;
        assertThat(run("GET", 1).outcomes()).containsOnlyKeys("error");
        // Java's client asks once more by itself
        assertThat(requests.get()).isLessThanOrEqualTo(2);
    }
}
