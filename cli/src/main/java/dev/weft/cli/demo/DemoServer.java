package dev.weft.cli.demo;

import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.waitUntil;

import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small HTTP server on the loopback address whose pages are slow, broken or silent: each URL says what it wants (see
 * {@link DemoPage}). On plain sockets, because it has to notice clients that go away: it counts the requests that they
 * cut.
 *
 * <p>Each connection is a Weft task, in one group with those that accept. Thread-safe.
 */
public final class DemoServer implements AutoCloseable {

    /** A thousand clients that come at once find room. */
    private static final int BACKLOG = 4096;

    private static final int LAST_PORT = 65_535;

    /** How long to let things calm down if a connection cannot be accepted, as when there are too many open files. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<ServerSocket> listeners;
    private final DemoCounters counters = new DemoCounters();
    /** From when a connection is accepted until it is closed. */
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** Those that serve a connection; entered before they read from it. */
    private final Set<Task<?>> serving = ConcurrentHashMap.newKeySet();

    private DemoServer(List<ServerSocket> listeners) {
        this.listeners = listeners;
    }

    /**
     * A server that listens, and does not serve yet.
     *
     * @param port 0 for any that is free
     * @param hosts on how many ports to listen: {@code port} and those that follow
     */
    public static DemoServer open(int port, int hosts) throws IOException {
        if (port != 0 && port + hosts - 1 > LAST_PORT) {
            throw new IOException("there is no port " + (port + hosts - 1) + ", the last is " + LAST_PORT);
        }
        var listeners = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < hosts; i++) {
                var listener = new ServerSocket();
                listeners.add(listener);
                listener.bind(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port == 0 ? 0 : port + i), BACKLOG);
            }
            return new DemoServer(List.copyOf(listeners));
        } catch (IOException e) {
            closeAll(listeners);
            throw e;
        }
    }

    /** Where it listens, as in {@code http://127.0.0.1:41234/}. */
    public List<URI> origins() {
        return listeners.stream()
                .map(listener -> URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"))
                .toList();
    }

    /** A short name for a URL of this server, from now on. */
    public URI name(String path, URI uri) {
        names.put(path, uri.getRawPath() + "?" + uri.getRawQuery());
        return uri.resolve(path);
    }

    /** The counts so far. */
    public DemoStatistics statistics() {
        return counters.snapshot();
    }

    /** How many connections are open. */
    public int openConnections() {
        return connections.size();
    }

    /**
     * Serves until cancelled.
     *
     * <p><b>Blocking:</b> until then, and until all connections are closed. <b>Cancellation:</b> always a cancellation
     * point.
     */
    public void serve() throws ExceptionGroup, InterruptedException {
        try {
            taskGroup(GroupOptions.supervisor(), group -> {
                for (var listener : listeners) {
                    var _ = group.createTask("demo listener " + listener.getLocalPort(), () -> accept(listener, group));
                }
            });
        } finally {
            // a connection's task that was cancelled before it began has not closed it
            closeAll(connections);
            connections.clear();
        }
    }

    private void accept(ServerSocket listener, TaskGroup group) throws IOException, InterruptedException {
        while (true) {
            try {
                serve(listener.accept(), group);
            } catch (IOException e) {
                if (listener.isClosed()) {
                    throw e;
                }
                sleep(PAUSE);
            }
        }
    }

    private void serve(Socket socket, TaskGroup group) {
        var number = counters.connected();
        connections.add(socket);
        var _ = group.createTask("demo connection " + number, () -> {
            var self = currentTask().orElseThrow();
            serving.add(self);
            try (socket) {
                new DemoConnection(socket, counters, names).serve();
            } finally {
                connections.remove(socket);
                serving.remove(self);
            }
        });
    }

    /**
     * Waits until all connections are closed.
     *
     * <p><b>Blocking:</b> until then, or for at most {@code limit}. <b>Cancellation:</b> always a cancellation point.
     *
     * @return whether they are
     */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        var tasks = List.copyOf(serving);
        return tasks.isEmpty()
                || waitUntil(ReturnWhen.ALL_COMPLETED, tasks, limit).pending().isEmpty();
    }

    /** Stops to listen. Open connections end when {@link #serve()} is cancelled. */
    @Override
    public void close() {
        closeAll(listeners);
    }

    private static void closeAll(Iterable<? extends AutoCloseable> all) {
        for (var one : all) {
            try {
                one.close();
            } catch (Exception e) {
                // nothing can be done about it, and the others are to be closed too
            }
        }
    }
}
