package dev.weft.cluster.internal.jgroups;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port of a member. Connections are examined before JGroups has them, each by a thread of its own: JGroups would do
 * it one by one, so that a stranger who connects and says nothing would keep members out. A connection has two seconds
 * for all it takes to show that it is a member's. Those that do not are closed, and told of.
 */
final class Gate extends ServerSocket {

    private static final int PATIENCE_MILLIS = 2_000;

    /** How many connections may be examined at a time. */
    private static final int MAX_EXAMINED = 200;

    /** How many connections others may have here; each has buffers. There are at most 50 members. */
    private static final int MAX_ADMITTED = 250;

    /** Establishes that a connection is a member's; throws if not. */
    interface Examiner {
        AdmittedSocket examine(Socket socket) throws IOException;
    }

    private final Examiner examiner;
    private final Consumer<String> refused;

    /** When, in nanoseconds, the time of each connection is over. */
    private final Map<Socket, Long> examined = new ConcurrentHashMap<>();

    private final AtomicInteger admitted = new AtomicInteger();
    private final BlockingQueue<Socket> ready = new LinkedBlockingQueue<>();

    /** Ends the wait of {@link #accept}. */
    private final Socket end = new Socket();

    Gate(Examiner examiner, Consumer<String> refused) throws IOException {
        this.examiner = examiner;
        this.refused = refused;
    }

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
        super.bind(address, Math.max(backlog, MAX_EXAMINED));
        Thread.ofVirtual().name("gate at " + address).start(this::admitAll);
    }

    private void admitAll() {
        while (!isClosed()) {
            try {
                setSoTimeout(examined.isEmpty() ? 0 : PATIENCE_MILLIS / 4);
                begin(super.accept());
            } catch (SocketTimeoutException e) {
                // time to look after those that are examined
            } catch (IOException e) {
                if (!isClosed()) {
                    pause(); // out of file descriptors
                }
            }
            var now = System.nanoTime();
            examined.forEach((socket, until) -> {
                if (now - until > 0) {
                    closeQuietly(socket); // its examination fails now
                }
            });
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Socket socket) {
        if (examined.size() >= MAX_EXAMINED) {
            refuse(socket, "too many connections at once");
            return;
        }
        examined.put(socket, System.nanoTime() + PATIENCE_MILLIS * 1_000_000L);
        Thread.ofVirtual().name("gate for " + socket.getRemoteSocketAddress()).start(() -> examine(socket));
    }

    private void examine(Socket socket) {
        try {
            var member = examiner.examine(socket);
            if (admitted.incrementAndGet() > MAX_ADMITTED) {
                admitted.decrementAndGet();
                throw new SocketException("too many connections");
            }
            member.onClose(admitted::decrementAndGet);
            ready.add(member);
            if (isClosed()) {
                member.close();
            }
        } catch (IOException | RuntimeException e) {
            refuse(socket, e.getMessage());
        } finally {
            examined.remove(socket);
        }
    }

    private void refuse(Socket socket, @Nullable String why) {
        var peer = socket.getRemoteSocketAddress();
        closeQuietly(socket);
        if (!isClosed()) {
            refused.accept(peer + ": " + why);
        }
    }

    /** The next connection of a member. */
    @Override
    public Socket accept() throws IOException {
        try {
            var socket = ready.take();
            if (socket != end) {
                return socket;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("the gate is closed");
    }

    @Override
    public void close() throws IOException {
        super.close();
        examined.keySet().forEach(Gate::closeQuietly);
        ready.forEach(Gate::closeQuietly);
        ready.add(end);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }
}
