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
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The files {@code ca.pem}, {@code cert.pem} and {@code key.pem} of a folder. */
record PemFolder(Path folder, InstantSource clock) {

    /** The files at one time. */
    @SuppressWarnings("ArrayRecordComponent") // compared by isSame
    record Content(byte[] authority, byte[] chain, byte[] key) {

        boolean isSame(Content other) {
            return Arrays.equals(authority, other.authority)
                    && Arrays.equals(chain, other.chain)
                    && Arrays.equals(key, other.key);
        }
    }

    /** The parts of a context. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Keys(X509Certificate certificate, KeyManager[] own, X509ExtendedTrustManager trusted) {}

    Content read() throws IOException {
        return new Content(
                Files.readAllBytes(folder.resolve("ca.pem")),
                Files.readAllBytes(folder.resolve("cert.pem")),
                Files.readAllBytes(folder.resolve("key.pem")));
    }

    /** @throws IOException if the files are not what they should be, or do not fit each other */
    Keys keys(Content content) throws IOException {
        try {
            var chain = certificates(content.chain(), "cert.pem");
            var key = key(content.key());
            PemCheck.dates(chain.getFirst(), clock.instant());
            PemCheck.key(key, chain.getFirst()); // one file of a pair may have been replaced before the other
            var trusted = trusted(certificates(content.authority(), "ca.pem"));
            PemCheck.authority(chain.toArray(new X509Certificate[0]), trusted);
            return new Keys(chain.getFirst(), own(chain, key), trusted);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] own(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry("member", key, new char[0], chain.toArray(new Certificate[0]));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        return managers.getKeyManagers();
    }

    private static X509ExtendedTrustManager trusted(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var number = 0;
        for (var authority : authorities) {
            trusted.setCertificateEntry("ca" + number++, authority);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        for (var manager : managers.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java has no trust manager for X.509");
    }

    private List<X509Certificate> certificates(byte[] content, String file)
            throws IOException, GeneralSecurityException {
        var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
        if (found.isEmpty()) {
            throw new IOException(
                    "no certificate in " + folder.resolve(file) + ": it should begin with -----BEGIN CERTIFICATE-----");
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    private PrivateKey key(byte[] content) throws IOException, GeneralSecurityException {
        var file = folder.resolve("key.pem");
        var text = new String(content, StandardCharsets.US_ASCII);
        var begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
        var end = text.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException("no private key in " + file
                    + ": it should begin with -----BEGIN PRIVATE KEY-----, which is PKCS #8, not encrypted");
        }
        var base64 = text.substring(text.indexOf('\n', begin), end);
        PKCS8EncodedKeySpec spec;
        try {
            spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IOException("the private key in " + file + " is not base64: " + e.getMessage(), e);
        }
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
