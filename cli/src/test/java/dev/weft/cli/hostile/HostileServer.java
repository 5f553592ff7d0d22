package dev.weft.cli.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that does what no server should: the first part of a path says what (see {@link Behaviours}), and some
 * misbehave from the moment of connecting, which are {@linkplain #trap traps} on ports of their own. It may stand on
 * many loopback addresses, each a host. On plain sockets and virtual threads; it notices clients that go away. It
 * counts what it sees, host by host, and what is honest in it never goes wrong. Thread-safe.
 */
public final class HostileServer implements AutoCloseable {

    private static final int BACKLOG = 4096;

    private final Map<String, Behaviour> behaviours = Behaviours.all();
    private final Map<String, HostLog> logs = new ConcurrentHashMap<>();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** On 127.0.0.1, and a port of its own. */
    public HostileServer() throws IOException {
        this(1);
    }

    /** On so many addresses: 127.0.0.1, 127.0.0.2 … 127.0.1.1 …; only Linux has more than the first. */
    public HostileServer(int hosts) throws IOException {
        for (var i = 0; i < hosts; i++) {
            var address = "127.0." + i / 250 + "." + (1 + i % 250);
            origins.add("http://" + listen(address, this::serve));
        }
    }

    /** What to do with a connection. */
    @FunctionalInterface
    interface Trap {
        /** Does it; the connection is closed afterwards. */
        void spring(Socket socket) throws IOException;
    }

    /** Listens on a port of its own, on 127.0.0.1. @return host and port */
    String trap(Trap trap) throws IOException {
        return listen("127.0.0.1", trap);
    }

    private String listen(String address, Trap trap) throws IOException {
        var listener = new ServerSocket();
        listeners.add(listener);
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), BACKLOG);
        Thread.ofVirtual().name("hostile listener").start(() -> accept(listener, trap));
        return address + ":" + listener.getLocalPort();
    }

    private void accept(ServerSocket listener, Trap trap) {
        while (true) {
            try {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> attend(socket, trap));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void attend(Socket socket, Trap trap) {
        try (socket) {
            trap.spring(socket);
        } catch (IOException e) {
            // the client has gone away, and has been counted
        } finally {
            open.remove(socket);
        }
    }

    private void serve(Socket socket) throws IOException {
        var host = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        new HostileConnection(socket, log(host), behaviours).serve();
    }

    /** A URL of the first host. */
    public String url(String target) {
        return url(0, target);
    }

    public String url(int host, String target) {
        return origins.get(host) + target;
    }

    /** What the first host has seen. */
    public HostLog log() {
        return log(0);
    }

    public HostLog log(int host) {
        return log(origins.get(host).substring("http://".length()));
    }

    private HostLog log(String host) {
        return logs.computeIfAbsent(host, HostLog::new);
    }

    /** All that any host was asked for, and how often: host and port, then the target. */
    public Map<String, Integer> asked() {
        var all = new TreeMap<String, Integer>();
        logs.values().forEach(log -> log.asked().forEach((target, count) -> all.put(log.name() + target, count)));
        return all;
    }

    /** How many connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** Waits until the clients have closed all connections. @return whether they have, within so many seconds */
    public boolean awaitIdle(int seconds) throws InterruptedException {
        return until(seconds, () -> open.isEmpty());
    }

    /** Waits until so many requests have come to the first host. @return whether they have */
    public boolean awaitRequests(int count, int seconds) throws InterruptedException {
        return until(seconds, () -> log().requests() >= count);
    }

    private static boolean until(int seconds, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        var never = new CountDownLatch(1);
        for (var i = 0; i < seconds * 200 && !condition.getAsBoolean(); i++) {
            var _ = never.await(5, TimeUnit.MILLISECONDS);
        }
        return condition.getAsBoolean();
    }

    @Override
    public void close() throws IOException {
        for (var listener : listeners) {
            listener.close();
        }
        for (var socket : open) {
            socket.close();
        }
    }
}
