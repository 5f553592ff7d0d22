package dev.weft.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The services that the shop calls, in a server of its own: each takes its time, and answers with the context that came
 * with the request.
 */
class SupplierServer implements AutoCloseable {

    private static final int BACKLOG = 4_096;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // the JDK's server would close idle connections while others are about to use them
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private final HttpServer server;
    private final Work work;

    /** How a supplier takes its time. */
    interface Work {
        void work() throws InterruptedException;
    }

    SupplierServer(Work work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            work.work();
            var user = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(Users.HEADER), "none");
            var trace = exchange.getRequestHeaders().getFirst("traceparent"); // version-trace-span-flags
            var supplier = exchange.getRequestURI().getPath().split("/", -1)[1];
            var seen = new Seen("at " + supplier, user, user, trace == null ? "none" : trace.split("-", -1)[1]);
            var body = JSON.writeValueAsBytes(seen);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
