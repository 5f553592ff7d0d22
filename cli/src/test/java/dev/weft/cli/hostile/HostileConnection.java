package dev.weft.cli.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client's connection: a request, what is done about it, and perhaps the next. Belongs to one thread. */
final class HostileConnection {

    private final Socket socket;
    private final HostLog log;
    private final Map<String, Behaviour> behaviours;
    private final InputStream in;

    HostileConnection(Socket socket, HostLog log, Map<String, Behaviour> behaviours) throws IOException {
        this.socket = socket;
        this.log = log;
        this.behaviours = behaviours;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    void serve() throws IOException {
        var alive = true;
        while (alive) {
            var head = readHead(in);
            if (head == null) {
                return;
            }
            var words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            var visit = new Visit(socket, in, log, words[0], words[1]);
            try {
                behaviour(words[1]).answer(visit);
                visit.close();
                alive = visit.isKeptAlive();
            } catch (IOException e) {
                visit.cut();
                throw e;
            }
        }
    }

    private Behaviour behaviour(String target) {
        var name = URI.create(target).getRawPath().split("/", -1)[1];
        var behaviour = behaviours.get(name);
        return behaviour != null
                ? behaviour
                : visit -> {
                    visit.end("HTTP/1.1 404 No such behaviour\r\nContent-Length: 0\r\n\r\n");
                    visit.keepAlive();
                };
    }

    /** Up to the blank line; null if the client has closed the connection. */
    static @Nullable String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            var b = in.read();
            if (b < 0) {
                return null;
            }
            head.append((char) b);
        }
        return head.toString();
    }
}
