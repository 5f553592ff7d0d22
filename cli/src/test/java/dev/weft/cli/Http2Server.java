package dev.weft.cli;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A server on loopback that speaks HTTP/2 over TLS, as far as a test needs it: a script says what to do about each
 * stream, by its number. What is asked is not looked at.
 */
final class Http2Server implements AutoCloseable {

    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int CONTINUATION = 9;

    private static final int END_STREAM = 1;
    private static final int ACKNOWLEDGED = 1;
    private static final int END_HEADERS = 4;

    /** The static table's entry for {@code :status: 200}. */
    private static final byte STATUS_200 = (byte) 0x88;

    private final SSLServerSocket listener;
    private final int maxStreams;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger mostOfConnection = new AtomicInteger();
    private final Queue<Integer> resets = new ConcurrentLinkedQueue<>();

    /** What is done about a stream that a client has opened. */
    @FunctionalInterface
    interface Script {
        void opened(Connection connection, int stream) throws IOException;
    }

    Http2Server(int maxStreams, Script script) throws Exception {
        this.maxStreams = maxStreams;
        this.script = script;
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Http2Server.class.getResourceAsStream("keys.p12")) {
            keys.load(in, "secret".toCharArray());
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        var parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        listener.setSSLParameters(parameters);
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url(String path) {
        return "https://127.0.0.1:" + listener.getLocalPort() + path;
    }

    int connections() {
        return connections.get();
    }

    /** How many streams were open at once. */
    int mostOpen() {
        return mostOpen.get();
    }

    int mostOfConnection() {
        return mostOfConnection.get();
    }

    /** The codes with which clients have given streams up. */
    Queue<Integer> resets() {
        return resets;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            if (socket.getApplicationProtocol().equals("h2")) {
                new Connection(socket, connections.incrementAndGet()).serve();
            }
        } catch (IOException e) {
            // a client that goes away
        }
    }

    /** One connection. */
    final class Connection {
        private final SSLSocket socket;
        private final int number;
        private final DataInputStream in;
        private final DataOutputStream out;
        private final Map<Integer, Boolean> streams = new ConcurrentHashMap<>();

        private Connection(SSLSocket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        }

        /** From 1. */
        int number() {
            return number;
        }

        Iterable<Integer> streams() {
            return streams.keySet();
        }

        int countOfStreams() {
            return streams.size();
        }

        void answer(int stream) throws IOException {
            closed(stream);
            write(HEADERS, END_HEADERS, stream, STATUS_200);
            write(DATA, END_STREAM, stream, (byte) 'o', (byte) 'k');
        }

        void reset(int stream, int code) throws IOException {
            closed(stream);
            write(RESET, 0, stream, bytes(code));
        }

        /** None after this stream is answered any more. */
        void goAway(int lastStream) throws IOException {
            var both = new byte[8];
            System.arraycopy(bytes(lastStream), 0, both, 0, 4);
            write(GO_AWAY, 0, 0, both);
        }

        void die() throws IOException {
            streams.keySet().forEach(this::closed);
            socket.close();
        }

        private void closed(int stream) {
            if (streams.remove(stream) != null) {
                open.decrementAndGet();
            }
        }

        private static byte[] bytes(int number) {
            return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        }

        private synchronized void write(int type, int flags, int stream, byte... payload) throws IOException {
            out.writeByte(payload.length >> 16);
            out.writeShort(payload.length);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            out.flush();
        }

        private void serve() throws IOException {
            try {
                in.readNBytes(24); // the preface
                write(SETTINGS, 0, 0, (byte) 0, (byte) 3, (byte) 0, (byte) 0, (byte) 0, (byte) maxStreams);
                while (true) {
                    var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                    var type = in.readUnsignedByte();
                    var flags = in.readUnsignedByte();
                    var stream = in.readInt();
                    handle(type, flags, stream, in.readNBytes(length));
                }
            } finally {
                streams.keySet().forEach(this::closed);
            }
        }

        private void handle(int type, int flags, int stream, byte[] payload) throws IOException {
            switch (type) {
                case SETTINGS -> {
                    if ((flags & ACKNOWLEDGED) == 0) {
                        write(SETTINGS, ACKNOWLEDGED, 0);
                    }
                }
                case PING -> {
                    if ((flags & ACKNOWLEDGED) == 0) {
                        write(PING, ACKNOWLEDGED, 0, payload);
                    }
                }
                case HEADERS, CONTINUATION -> {
                    if ((flags & END_HEADERS) != 0) {
                        streams.put(stream, true);
                        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                        if (streams.size() > maxStreams) {
                            // the client may not have read of the limit yet
                            reset(stream, REFUSED_STREAM);
                            return;
                        }
                        mostOfConnection.accumulateAndGet(streams.size(), Math::max);
                        script.opened(this, stream);
                    }
                }
                case RESET -> {
                    closed(stream);
                    resets.add((payload[2] & 0xff) << 8 | payload[3] & 0xff);
                }
                default -> {}
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
