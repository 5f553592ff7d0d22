package dev.weft.cli.http;

import dev.weft.cli.files.Sources;
import dev.weft.cli.text.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** The client's identity for servers that ask for a certificate. Immutable. */
public final class Identity {

    /** Nobody. */
    public static final Identity NONE = new Identity(null);

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private final @Nullable KeyStore store;

    private Identity(@Nullable KeyStore store) {
        this.store = store;
    }

    /**
     * Reads a certificate and its key.
     *
     * @param certificates the certificate, and those up to its authority
     * @param key a file with the key in PEM, PKCS#8, without a password
     * @throws IllegalArgumentException with the reason, and nothing of the key, if they cannot be used
     */
    public static Identity read(List<X509Certificate> certificates, Path key) {
        String text;
        try (var in = Sources.openFile(key)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(key + " has more than " + ByteText.format(MAX_BYTES));
            }
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + key, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(key + " cannot be read: " + e.getMessage(), e);
        }
        var pem = KEY.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException(
                    key + " holds no key in PKCS#8 without a password (-----BEGIN PRIVATE KEY-----): make one with"
                            + " openssl pkcs8 -topk8 -nodes");
        }
        try {
            var decoded = Base64.getMimeDecoder().decode(pem.group(1));
            var algorithm = certificates.getFirst().getPublicKey().getAlgorithm();
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", privateKey(algorithm, decoded), new char[0], certificates.toArray(X509Certificate[]::new));
            return new Identity(store);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is not the key of the certificate", e);
        }
    }

    private static PrivateKey privateKey(String algorithm, byte[] decoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decoded));
    }

    /** For a TLS; null for nobody. */
    KeyManager @Nullable [] keys() throws GeneralSecurityException {
        if (store == null) {
            return null;
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }
}
