package dev.weft.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers as a test says, one request a connection. */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What a request is answered with: all bytes of it, or null for never. */
    @FunctionalInterface
    public interface Script {
        @Nullable
        String answer(Request request) throws Exception;
    }

    /**
     * A request.
     *
     * @param headers with names in lower case
     * @param number counted from 1, for its target
     */
    public record Request(String method, String target, Map<String, String> headers, int number, long nanos) {}

    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    public static String answer(int status, String body, String... headers) {
        return "HTTP/1.1 " + status + " Scripted\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n"
                + String.join(
                        "", List.of(headers).stream().map(line -> line + "\r\n").toList()) + "\r\n" + body;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var first = in.readLine();
            if (first == null) {
                return;
            }
            var headers = new LinkedHashMap<String, String>();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                var colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            var answer = script.answer(add(first.split(" ", -1), headers));
            if (answer == null) {
                closed.await();
                return;
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (Exception e) {
            // a client that goes away, or a script that has no answer
        }
    }

    private synchronized Request add(String[] line, Map<String, String> headers) {
        var number = 1
                + (int) requests.stream().filter(r -> r.target.equals(line[1])).count();
        var request = new Request(line[0], line[1], headers, number, System.nanoTime());
        requests.add(request);
        return request;
    }

    /** In the order in which they came. */
    public List<Request> requests() {
        return new ArrayList<>(requests);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url(String target) {
        return "http://127.0.0.1:" + port() + target;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }
}
