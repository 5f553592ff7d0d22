package dev.weft.cluster.internal.jgroups;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
 * for all it takes to show that it is a member's. Those that do not are closed, and told of. If too many are examined,
 * the oldest one of the address that has most gives way: a flood from some addresses does not keep out members at
 * others.
 */
final class Gate extends ServerSocket {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How many connections may be examined at a time. */
    static final int MAX_EXAMINED = 200;

    /** The first bytes of an address of IPv6 name a network; one machine may have all addresses in it. */
    private static final int NETWORK_BYTES = 8;

    /** How many connections others may have here; each has buffers. There are at most 50 members. */
    private static final int MAX_ADMITTED = 250;

    /** Establishes that a connection is a member's; throws if not. */
    interface Examiner {
        AdmittedSocket examine(Socket socket) throws IOException;
    }

    private final Examiner examiner;
    private final Consumer<String> refused;
    private final boolean isAtAnyPort;
    private final Duration patience;

    private final Map<Socket, Examined> examined = new ConcurrentHashMap<>();

    private final AtomicInteger admitted = new AtomicInteger();
    private final BlockingQueue<Socket> ready = new LinkedBlockingQueue<>();

    /** Ends the wait of {@link #accept}. */
    private final Socket end = new Socket();

    /**
     * A connection that is examined.
     *
     * @param until when, in nanoseconds, its time is over
     * @param origin the address or network that it comes from
     */
    private record Examined(long until, InetAddress origin) {}

    /** {@code isAtAnyPort}: whether it takes a port that is free, whatever it is told. */
    Gate(Examiner examiner, Consumer<String> refused, boolean isAtAnyPort) throws IOException {
        this(examiner, refused, isAtAnyPort, PATIENCE);
    }

    Gate(Examiner examiner, Consumer<String> refused, boolean isAtAnyPort, Duration patience) throws IOException {
        this.examiner = examiner;
        this.refused = refused;
        this.isAtAnyPort = isAtAnyPort;
        this.patience = patience;
    }

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
        var at = isAtAnyPort ? new InetSocketAddress(((InetSocketAddress) address).getAddress(), 0) : address;
        super.bind(at, Math.max(backlog, MAX_EXAMINED));
        Thread.ofVirtual().name("gate at " + address).start(this::admitAll);
    }

    private void admitAll() {
        while (!isClosed()) {
            try {
                setSoTimeout(examined.isEmpty() ? 0 : (int) PATIENCE.toMillis() / 4);
                begin(super.accept());
            } catch (SocketTimeoutException e) {
                // time to look after those that are examined
            } catch (IOException | RuntimeException | Error e) {
                if (!isClosed()) {
                    pause(); // out of file descriptors, or of memory
                }
            }
            var now = System.nanoTime();
            examined.forEach((socket, each) -> {
                if (now - each.until > 0) {
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
        examined.put(socket, new Examined(System.nanoTime() + patience.toNanos(), origin(socket.getInetAddress())));
        try {
            while (examined.size() > MAX_EXAMINED) {
                giveWay(); // may fail, as for want of memory: this connection is examined nevertheless
            }
        } finally {
            Thread.ofVirtual()
                    .name("gate for " + socket.getRemoteSocketAddress())
                    .start(() -> examine(socket));
        }
    }

    static InetAddress origin(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length > NETWORK_BYTES) {
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private void giveWay() {
        var now = System.nanoTime();
        var counts = new HashMap<InetAddress, Integer>();
        examined.values().forEach(each -> counts.merge(each.origin, 1, Integer::sum));
        examined.entrySet().stream()
                .max(Comparator.<Map.Entry<Socket, Examined>>comparingInt(
                                each -> counts.getOrDefault(each.getValue().origin, 0))
                        .thenComparingLong(each -> now - each.getValue().until))
                .ifPresent(each -> {
                    if (examined.remove(each.getKey(), each.getValue())) {
                        refuse(each.getKey(), "too many connections at once, of which its address has most");
                    }
                });
    }

    private void examine(Socket socket) {
        try {
            var member = examiner.examine(socket);
            if (examined.remove(socket) == null) {
                return; // it has given way
            }
            if (admitted.incrementAndGet() > MAX_ADMITTED) {
                admitted.decrementAndGet();
                refuse(socket, "too many connections");
                return;
            }
            member.onClose(admitted::decrementAndGet);
            ready.add(member);
            if (isClosed()) {
                member.close();
            }
        } catch (IOException | RuntimeException | Error e) {
            if (examined.remove(socket) != null) {
                refuse(socket, e.getMessage());
            }
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
