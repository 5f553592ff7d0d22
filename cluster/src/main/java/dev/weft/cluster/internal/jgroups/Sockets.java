package dev.weft.cluster.internal.jgroups;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.Version;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets for JGroups: with TLS 1.3 alone, which demand the other side's certificate, or plain ones. */
final class Sockets extends DefaultSocketFactory {

    static final String[] PROTOCOLS = {"TLSv1.3"};

    /** Cookie, version, length of the address: what JGroups sends first. */
    private static final int GREETING = 8;

    private final @Nullable Supplier<SSLContext> tls;
    private final Consumer<String> refused;
    private final boolean isAtAnyPort;

    /**
     * @param tls asked for each connection
     * @param refused told of the connections that were closed because they were not a member's
     * @param isAtAnyPort whether the member listens at a port that is free, whatever JGroups asks for
     */
    Sockets(@Nullable Supplier<SSLContext> tls, Consumer<String> refused, boolean isAtAnyPort) {
        this.tls = tls;
        this.refused = refused;
        this.isAtAnyPort = isAtAnyPort;
    }

    @Override
    public Socket createSocket(String service) throws IOException {
        return tls == null ? new Socket() : new TlsClientSocket(tls.get());
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        return new Gate(this::examine, refused, isAtAnyPort);
    }

    @Override
    public ServerSocket createServerSocket(String service, int port) throws IOException {
        throw unused();
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog) throws IOException {
        throw unused();
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog, InetAddress address)
            throws IOException {
        throw unused();
    }

    private static IOException unused() {
        return new IOException("JGroups opens its one port otherwise");
    }

    private AdmittedSocket examine(Socket socket) throws IOException {
        return greeted(tls == null ? socket : secured(tls.get(), socket));
    }

    private static Socket secured(SSLContext tls, Socket socket) throws IOException {
        var address = socket.getInetAddress().getHostAddress();
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, address, socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(PROTOCOLS);
        secured.setNeedClientAuth(true);
        secured.setSoLinger(true, 0); // a close must not wait for the other side
        secured.startHandshake();
        return secured;
    }

    private static AdmittedSocket greeted(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var greeting = read(in, GREETING);
        if (!Arrays.equals(greeting, 0, 4, Connection.cookie, 0, 4)
                || !Version.isBinaryCompatible(number(greeting, 4))) {
            throw new IOException("not a member's connection");
        }
        var address = read(in, Math.clamp(number(greeting, 6), 1, 32));
        if (address.length != (address[0] == 4 ? 7 : address[0] == 16 ? 23 : 0)) {
            throw new IOException("not an address");
        }
        var all = Arrays.copyOf(greeting, GREETING + address.length);
        System.arraycopy(address, 0, all, GREETING, address.length);
        return new AdmittedSocket(socket, all);
    }

    private static byte[] read(InputStream in, int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("the connection has ended");
        }
        return bytes;
    }

    private static short number(byte[] bytes, int at) {
        return (short) ((bytes[at] << 8) | (bytes[at + 1] & 0xFF));
    }
}
