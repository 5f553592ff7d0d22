package dev.weft.cli.http;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS that is set up when it is first needed. Reading all certificates of authorities takes a third of a second of
 * computing, and the client would do it at once, whether there is an https URL or not.
 */
final class LazyTls extends SSLContextSpi {

    private final Trust trust;
    private final Identity identity;
    private volatile @Nullable SSLContext made;

    private LazyTls(Trust trust, Identity identity) {
        this.trust = trust;
        this.identity = identity;
    }

    /**
     * For the client's builder, together with {@link #parameters()}: without those, it would ask the context for its
     * own.
     */
    static SSLContext context(Trust trust, Identity identity) {
        return new SSLContext(new LazyTls(trust, identity), null, "TLS") {};
    }

    /**
     * Nothing but what the client and the context put in, and the versions: without one that is new enough for it, the
     * client does not offer HTTP/2.
     */
    static SSLParameters parameters() {
        return new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
    }

    private SSLContext real() {
        var tls = made;
        if (tls == null) {
            synchronized (this) {
                tls = made;
                if (tls == null) {
                    tls = make();
                    made = tls;
                }
            }
        }
        return tls;
    }

    private SSLContext make() {
        try {
            return trust.tls(identity.keys());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("it is the JDK's own");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return real().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return real().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return real().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        var hidden = Addresses.behind(host);
        return hidden == null
                ? real().createSSLEngine(host, port)
                : new NamedEngine(
                        hidden, port, !(trust instanceof Trust.Everybody), real().createSSLEngine(hidden, port));
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return real().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return real().getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return real().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return real().getSupportedSSLParameters();
    }
}
