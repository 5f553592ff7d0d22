package dev.weft.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and certificates of a member. Members speak TLS 1.3 alone, and each asks the other for a certificate of the same
 * authority: who has none is not a member. Host names are not checked.
 *
 * @since 0.1.0
 */
public final class Tls {

    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads PEM files: {@code ca.pem}, the authority's certificates; {@code cert.pem}, this member's certificate and
     * those between it and the authority; {@code key.pem}, its private key in PKCS #8, not encrypted, of the kind EC,
     * RSA or EdDSA.
     *
     * @param folder where the files are
     * @return keys and certificates
     * @throws IOException if a file is missing or is not what it should be; if the certificate is not valid today, not
     *     one that the authority vouches for, or not that of the key
     * @since 0.1.0
     */
    public static Tls fromPem(Path folder) throws IOException {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            var number = 0;
            for (var authority : certificates(folder.resolve("ca.pem"))) {
                trusted.setCertificateEntry("ca" + number++, authority);
            }
            var keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            var chain = certificates(folder.resolve("cert.pem")).toArray(new X509Certificate[0]);
            var key = key(folder.resolve("key.pem"));
            keys.setKeyEntry("member", key, new char[0], chain);
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, new char[0]);
            var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);
            PemCheck.dates(chain[0], Instant.now());
            PemCheck.authority(chain, List.of(trustManagers.getTrustManagers()));
            PemCheck.key(key, chain[0]);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return new Tls(context);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Uses a context made elsewhere. TLS 1.3 and certificates of clients are asked for all the same.
     *
     * @param context with keys and trust
     * @return keys and certificates
     * @since 0.1.0
     */
    public static Tls of(SSLContext context) {
        return new Tls(Objects.requireNonNull(context, "context"));
    }

    SSLContext context() {
        return context;
    }

    private static List<? extends Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        var found = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
        if (found.isEmpty()) {
            throw new IOException("no certificate in " + file + ": it should begin with -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        var begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        var end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException("no private key in " + file
                    + ": it should begin with -----BEGIN PRIVATE KEY-----, which is PKCS #8, not encrypted");
        }
        var base64 = text.substring(text.indexOf('\n', begin), end);
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        for (var algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // of another kind
            }
        }
        throw new IOException("the private key in " + file + " is not of the kind EC, RSA or EdDSA");
    }
}
