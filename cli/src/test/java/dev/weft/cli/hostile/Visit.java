package dev.weft.cli.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request and what is done about it. Belongs to its connection's thread. */
final class Visit {

    private final Socket socket;
    private final InputStream in;
    private final HostLog log;
    private final String method;
    private final String target;
    private final int earlier;
    private boolean over;
    private boolean alive;

    /**
     * A request that has been read; counts as under way from now on.
     *
     * @param in marks and resets
     */
    Visit(Socket socket, InputStream in, HostLog log, String method, String target) {
        this.socket = socket;
        this.in = in;
        this.log = log;
        this.method = method;
        this.target = target;
        this.earlier = log.begun(target);
    }

    String method() {
        return method;
    }

    /** The path, as in {@code /drip}. */
    String path() {
        return URI.create(target).getRawPath();
    }

    /** A number from the query. */
    int number(String name, int otherwise) {
        var text = text(name, "");
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    /** A value from the query, not decoded. */
    String text(String name, String otherwise) {
        var query = URI.create(target).getRawQuery();
        for (var part : query == null ? new String[0] : query.split("&", -1)) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    /** How often this very target had been asked for before. */
    int earlier() {
        return earlier;
    }

    String host() {
        return log.name();
    }

    /** A part of the answer, with more to come. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The last part. Counted as over before it is sent: the client's next request may come before this returns. */
    void end(String text) throws IOException {
        over();
        send(text);
    }

    /** The whole of an answer as it should be. */
    void ok(String body) throws IOException {
        end("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + (method.equals("HEAD") ? "" : body));
        keepAlive();
    }

    /** The connection goes on to the next request. */
    void keepAlive() {
        alive = true;
    }

    boolean isKeptAlive() {
        return alive;
    }

    /** Says nothing until the client goes away. */
    void silence() throws IOException {
        listen(0);
        throw new IOException("the client sends more instead of waiting");
    }

    /** Says nothing for so long, and listens meanwhile. */
    void pause(Duration time) throws IOException {
        if (time.isPositive()) {
            listen(Math.toIntExact(Math.max(1, time.toMillis())));
        }
    }

    private void listen(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            if (in.read() < 0) {
                throw new IOException("the client has gone away");
            }
            in.reset();
        } catch (SocketTimeoutException e) {
            // the time has passed
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Ends the connection with a reset. */
    void reset() throws IOException {
        over();
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void over() {
        if (!over) {
            over = true;
            log.answered();
        }
    }

    /** The behaviour has ended, and the client is still there. */
    void close() {
        over();
    }

    /** The client went away before the end. */
    void cut() {
        if (!over) {
            over = true;
            log.goneAway();
        }
    }
}
