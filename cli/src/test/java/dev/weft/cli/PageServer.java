package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves what a test gives it, and remembers what it was asked for; 404 for the rest. */
final class PageServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private record Answer(int status, String header, String value, byte[] body) {}

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    PageServer with(String path, String contentType, String body) {
        return with(path, contentType, body.getBytes(UTF_8));
    }

    PageServer with(String path, String contentType, byte[] body) {
        answers.put(path, new Answer(200, "Content-Type", contentType, body));
        return this;
    }

    PageServer withRedirect(String path, String to) {
        answers.put(path, new Answer(302, "Location", to, new byte[0]));
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** As in {@code GET /a?b}, in the order in which they came. */
    Iterable<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().toString();
        var credentials = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + path + (credentials == null ? "" : " " + credentials));
        var answer = answers.getOrDefault(path, new Answer(404, "Content-Type", "text/plain", new byte[] {'?'}));
        exchange.getResponseHeaders().add(answer.header, answer.value);
        var isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status, isHead || answer.body.length == 0 ? -1 : answer.body.length);
        try (exchange) {
            if (!isHead) {
                exchange.getResponseBody().write(answer.body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
