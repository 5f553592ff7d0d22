package dev.weft.cluster.internal.jgroups;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection to another member, which has shaken hands when it is connected. JGroups sets no limit to that: whatever
 * listens at an address, takes connections and says nothing, would stop it for ever.
 */
final class TlsClientSocket extends WrappedSocket {

    private static final int PATIENCE_MILLIS = 2_000;

    private final SSLContext tls;

    TlsClientSocket(SSLContext tls) {
        super(new Socket());
        this.tls = tls;
    }

    @Override
    public void connect(SocketAddress address, int millis) throws IOException {
        var plain = wrapped();
        plain.connect(address, millis);
        var peer = (InetSocketAddress) address;
        var secured =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, peer.getHostString(), peer.getPort(), true);
        secured.setEnabledProtocols(Sockets.PROTOCOLS);
        secured.setSoLinger(true, 0); // a close must not wait for the other side
        var done = new CountDownLatch(1);
        Thread.ofVirtual().name("handshake with " + address).start(() -> closeUnless(done, plain));
        try {
            secured.startHandshake();
        } finally {
            done.countDown();
        }
        if (plain.isClosed()) {
            throw new IOException(address + " has not shaken hands within " + PATIENCE_MILLIS + " ms");
        }
        wrap(secured);
    }

    private static void closeUnless(CountDownLatch done, Socket socket) {
        try {
            if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                Gate.closeQuietly(socket);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
