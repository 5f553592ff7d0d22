package dev.weft.cli.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: requests, one after the other. While it keeps the client waiting it listens, so that it
 * notices when the client goes away. Belongs to one task.
 */
final class DemoConnection {

    private static final int MAX_HEAD = 65_536;
    private static final int DRIPS = 20;
    private static final String NOT_HTTP = "";

    private final Socket socket;
    private final DemoCounters counters;
    private final Map<String, String> names;
    private final InputStream in;
    private final OutputStream out;

    DemoConnection(Socket socket, DemoCounters counters, Map<String, String> names) throws IOException {
        this.socket = socket;
        this.counters = counters;
        this.names = names;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    /** The client has gone away, or the server has been asked to. */
    private static final class GoneException extends IOException {
        private static final long serialVersionUID = 1L;

        GoneException() {
            super("the client has gone away");
        }
    }

    /** Serves until one side ends it. A client that goes away is no failure. */
    void serve() throws IOException {
        try {
            while (true) {
                var head = readHead();
                if (head == null || !answer(head)) {
                    return;
                }
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // that is how a cancellation looks here
            }
        }
    }

    /** A request's line and headers; null if the client has gone away between requests. */
    private @Nullable String readHead() throws IOException {
        socket.setSoTimeout(0);
        var head = new ByteArrayOutputStream();
        var lineEnds = 0;
        while (lineEnds < 2) {
            var b = in.read();
            if (b < 0) {
                return null;
            }
            if (head.size() == 0 && !Character.isUpperCase(b)) {
                return NOT_HTTP; // who wants to speak TLS waits for an answer before it says more
            }
            if (head.size() == MAX_HEAD) {
                throw new IOException("the request has no end");
            }
            head.write(b);
            lineEnds = b == '\n' ? lineEnds + 1 : b == '\r' ? lineEnds : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns whether the connection can serve another request. */
    private boolean answer(String head) throws IOException {
        counters.begun();
        boolean goesOn;
        try {
            goesOn = answerTo(head);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // the server was stopped: nobody has cut anything
            }
            counters.cut();
            return false;
        }
        counters.answered();
        return goesOn;
    }

    private boolean answerTo(String text) throws IOException {
        DemoHead head;
        try {
            head = DemoHead.parse(text);
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
        // a body that comes with a request is read and forgotten
        in.skipNBytes(head.bodyLength());
        try {
            return answer(head.method(), DemoPage.parse(names.getOrDefault(head.target(), head.target())));
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private boolean answer(String method, DemoPage page) throws IOException {
        if (page.silent()) {
            keepWaiting(Duration.ZERO);
        } else if (page.delay().isPositive()) {
            keepWaiting(page.delay());
        }
        return switch (page.breakAt()) {
            case HEAD -> false;
            case GARBAGE -> {
                out.write("Once upon a time\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                yield false;
            }
            case BODY, NOWHERE -> send(method, page);
        };
    }

    private boolean refuse(String why) throws IOException {
        var body = (why + "\n").getBytes(StandardCharsets.UTF_8);
        // the reason may repeat what was sent, and must not be taken for a page
        out.write(("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "X-Content-Type-Options: nosniff\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        return false;
    }

    private boolean send(String method, DemoPage page) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(page.status()).append(" Demo\r\nContent-Type: text/plain\r\n");
        var hasBody = page.status() != 204 && page.status() != 304 && !method.equals("HEAD");
        if (page.status() != 204 && page.status() != 304) {
            head.append("Content-Length: ").append(page.size()).append("\r\n");
        }
        if (!page.location().isEmpty()) {
            head.append("Location: ").append(page.location()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (hasBody) {
            sendBody(page);
        }
        return page.breakAt() == DemoPage.Break.NOWHERE;
    }

    private void sendBody(DemoPage page) throws IOException {
        var size = page.breakAt() == DemoPage.Break.BODY ? page.size() / 2 : page.size();
        if (page.drip().isZero()) {
            sendBytes(size);
            return;
        }
        for (var i = 0; i < DRIPS; i++) {
            sendBytes((int) ((long) size * (i + 1) / DRIPS - (long) size * i / DRIPS));
            keepWaiting(page.drip().dividedBy(DRIPS));
        }
    }

    private void sendBytes(int size) throws IOException {
        var line = "All work and no play makes Jack a dull boy.\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
        for (var left = size; left > 0; left -= line.length) {
            out.write(line, 0, Math.min(left, line.length));
        }
    }

    /**
     * Waits, and listens meanwhile.
     *
     * @param time zero to wait until the client goes away
     */
    private void keepWaiting(Duration time) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.max(time.toMillis(), time.isZero() ? 0 : 1)));
        in.mark(1);
        try {
            if (in.read() < 0) {
                throw new GoneException();
            }
            // a client that sends its next request before it has the answer: let it have that at once
            in.reset();
        } catch (SocketTimeoutException e) {
            // the time has passed, and the client is still there
        }
    }
}
