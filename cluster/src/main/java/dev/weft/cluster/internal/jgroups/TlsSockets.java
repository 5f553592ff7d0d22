package dev.weft.cluster.internal.jgroups;

import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;

/** Sockets that speak TLS 1.3 alone, and demand the other side's certificate. */
final class TlsSockets {

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private TlsSockets() {}

    static SocketFactory of(SSLContext context) {
        var factory = new DefaultSocketFactory(context);
        factory.setSocketConfigurator(TlsSockets::configure);
        factory.setServerSocketConfigurator(TlsSockets::configure);
        return factory;
    }

    private static void configure(Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            throw new IllegalStateException("a socket without TLS");
        }
        tls.setEnabledProtocols(PROTOCOLS);
    }

    private static void configure(ServerSocket socket) {
        if (!(socket instanceof SSLServerSocket tls)) {
            throw new IllegalStateException("a socket without TLS");
        }
        tls.setEnabledProtocols(PROTOCOLS);
        tls.setNeedClientAuth(true);
    }
}
