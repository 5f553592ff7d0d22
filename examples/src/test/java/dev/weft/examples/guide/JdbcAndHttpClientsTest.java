package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Deadline;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcAndHttpClientsTest extends Page {

    private final CountDownLatch release = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
        threads.close();
        client.close();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server(path)).build();
    }

    private URI server(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void calls_areMadeAsTheyAre() throws Exception {
        // snippet http
        var answers = timeout(
                ofSeconds(20),
                () -> gather(
                        () -> client.send(request("/a"), BodyHandlers.ofString()),
                        () -> client.send(request("/b"), BodyHandlers.ofString())));
        println(answers.getLast().statusCode()); // 204
        // end
        assertPrinted("204");
    }

    @Test
    void limit_stopsTheCall() throws Exception {
        // snippet httpLimit
        try {
            timeout(ofMillis(50), () -> client.send(request("/slow"), BodyHandlers.ofString()));
        } catch (TimeoutException e) {
            println(e.getMessage()); // timeout of 50ms has expired
        }
        // end
        assertPrinted("timeout of 50ms has expired");
    }

    @Test
    void wrong_limitPerCall() throws Exception {
        // snippet wrongPerCall
        for (var path : List.of("/a", "/b", "/c")) {
            var request = HttpRequest.newBuilder(server(path)).timeout(ofSeconds(20)); // up to 60 seconds in all
            client.send(request.build(), BodyHandlers.ofString());
        }
        // end
    }

    @Test
    void right_oneLimitForAll() throws Exception {
        // snippet rightForAll
        timeout(ofSeconds(20), () -> {
            for (var path : List.of("/a", "/b", "/c")) {
                client.send(request(path), BodyHandlers.ofString());
            }
        });
        // end
    }

    @Test
    void rest_isToldToTheServer() throws Exception {
        // snippet rest
        var answer = timeout(ofSeconds(20), () -> {
            var request = HttpRequest.newBuilder(server("/a"));
            Deadline.current()
                    .ifPresent(limit -> request.header(
                            "X-Rest-Millis", String.valueOf(limit.remaining().toMillis())));
            return client.send(request.build(), BodyHandlers.ofString());
        });
        // end
        assertThat(Long.parseLong(
                        answer.request().headers().firstValue("X-Rest-Millis").orElseThrow()))
                .isBetween(1L, 20_000L);
    }

    /** As the call of a client that no interrupt stops. */
    private static final class Call {
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        String execute() throws IOException {
            try {
                return answer.join();
            } catch (RuntimeException e) {
                throw new IOException("closed", e);
            }
        }

        void cancel() {
            answer.cancel(false);
        }
    }

    @Test
    void clientsOwnCancel_isTheAction() throws Exception {
        var call = new Call();
        // snippet ownCancel
        try {
            timeout(ofMillis(50), () -> onCancel(call::cancel, () -> call.execute()));
        } catch (TimeoutException e) {
            println("closed by the client's own cancel"); // closed by the client's own cancel
        }
        // end
        assertPrinted("closed by the client's own cancel");
    }

    @SimulationTest
    void requests_areBounded() throws Exception {
        var names = List.of("a", "b", "c", "d", "e");
        // snippet bounded
        var pages = mapConcurrent(names, 2, name -> fetch(name, name.equals("b") ? 250 : 100));
        // end
        assertThat(pages).isEqualTo(names);
    }
}
