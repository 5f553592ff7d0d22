package dev.weft.cluster;

import dev.weft.cluster.internal.engine.Transport.Receiver;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts peers with a certificate of the authority, and of an allowed name. */
final class NamedPeers extends X509ExtendedTrustManager {

    private interface Check {
        void run() throws CertificateException;
    }

    private final X509ExtendedTrustManager authority;
    private final AllowedNames allowed;
    private final Receiver watch;

    NamedPeers(X509ExtendedTrustManager authority, AllowedNames allowed, Receiver watch) {
        this.authority = authority;
        this.allowed = allowed;
        this.watch = watch;
    }

    /** The side that accepts the connection tells of it. */
    private void client(X509Certificate[] chain, Check check) throws CertificateException {
        check.run();
        allowed.check(chain[0]);
    }

    private void server(X509Certificate[] chain, String where, Check check) throws CertificateException {
        try {
            client(chain, check);
        } catch (CertificateException e) {
            watch.refused("the member" + where + " that this one has connected to: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        client(chain, () -> authority.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        client(chain, () -> authority.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        client(chain, () -> authority.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        server(
                chain,
                " at " + socket.getRemoteSocketAddress(),
                () -> authority.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        server(chain, "", () -> authority.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        server(chain, "", () -> authority.checkServerTrusted(chain, type));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority.getAcceptedIssuers();
    }
}
