package dev.weft.cli.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys and certificates as text. */
final class Pem {

    private static final int COLUMNS = 64;

    private Pem() {}

    static String of(Certificate certificate) throws GeneralSecurityException {
        return text("CERTIFICATE", certificate.getEncoded());
    }

    static String of(Key key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static String text(String kind, byte[] bytes) {
        var base64 = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    static Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    /** A key of elliptic curves, as this program writes it. */
    static PrivateKey key(byte[] pem) throws GeneralSecurityException, IOException {
        var text = new String(pem, StandardCharsets.US_ASCII);
        var lines = text.lines().filter(line -> !line.startsWith("-----")).toList();
        try {
            var bytes = Base64.getDecoder().decode(String.join("", lines));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not a key in PEM", e);
        }
    }
}
