package dev.weft.cli.http;

import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.text.ByteText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that are trusted. */
public sealed interface Trust {

    /**
     * The TLS that does so.
     *
     * @param own who one is oneself; null for nobody
     */
    SSLContext tls(KeyManager @Nullable [] own) throws GeneralSecurityException;

    /** Those of the authorities that the JDK knows. */
    record Usual() implements Trust {
        @Override
        public SSLContext tls(KeyManager @Nullable [] own) throws GeneralSecurityException {
            // made once, by the JDK
            return own == null ? SSLContext.getDefault() : context(own, null);
        }
    }

    /** Those, and of these authorities besides. */
    record Besides(List<X509Certificate> authorities) implements Trust {
        @Override
        public SSLContext tls(KeyManager @Nullable [] own) throws GeneralSecurityException {
            var store = emptyStore();
            for (var known : usualAuthorities()) {
                store.setCertificateEntry("known " + store.size(), known);
            }
            for (var authority : authorities) {
                store.setCertificateEntry("given " + store.size(), authority);
            }
            return context(own, managers(store));
        }
    }

    /** Everybody's: who stands in between can read and change everything. */
    record Everybody() implements Trust {
        @Override
        public SSLContext tls(KeyManager @Nullable [] own) throws GeneralSecurityException {
            return context(own, new TrustManager[] {new Credulous()});
        }
    }

    /** All authorities of the world have a fifth of a megabyte. */
    int MAX_PEM = 16 * 1024 * 1024;

    /** In the first line of each kind of key. */
    String PRIVATE_KEY = "PRIVATE KEY-----";

    String BEGIN = "-----BEGIN CERTIFICATE-----";
    String END = "-----END CERTIFICATE-----";

    /**
     * Reads a file of certificates in PEM.
     *
     * @throws IllegalArgumentException with the reason in words, if there is none in it
     */
    static List<X509Certificate> readPem(Path file) {
        var certificates = new ArrayList<X509Certificate>();
        try (var in = Sources.openFile(file)) {
            var bytes = in.readNBytes(MAX_PEM + 1);
            if (bytes.length > MAX_PEM) {
                throw new IOException("it has more than " + ByteText.format(MAX_PEM));
            }
            for (Certificate certificate : Untrusted.read(() -> CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificatesIn(bytes))))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    file + " holds no certificates: give a file with -----BEGIN CERTIFICATE----- in it", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no certificate: give a file with -----BEGIN CERTIFICATE----- in it");
        }
        return List.copyOf(certificates);
    }

    /** A file may hold a key too, which Java's reader does not pass over. */
    private static byte[] certificatesIn(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.contains(PRIVATE_KEY)) {
            return bytes;
        }
        var certificates = new StringBuilder();
        for (var at = text.indexOf(BEGIN); at >= 0; ) {
            var end = text.indexOf(END, at);
            if (end < 0) {
                break;
            }
            certificates.append(text, at, end).append(END).append('\n');
            at = text.indexOf(BEGIN, end);
        }
        return certificates.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new KeyStoreException(e);
        }
    }

    private static List<X509Certificate> usualAuthorities() throws GeneralSecurityException {
        var known = new ArrayList<X509Certificate>();
        for (var manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                known.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return known;
    }

    @SuppressWarnings("NullAway") // null stands for the JDK's own authorities
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(KeyManager @Nullable [] own, TrustManager @Nullable [] managers)
            throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(own, managers, null);
        return context;
    }

    /** Believes everything. As an extended one it is asked about host names too, and by nobody else then. */
    final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
