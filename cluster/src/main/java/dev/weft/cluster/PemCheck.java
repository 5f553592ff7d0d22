package dev.weft.cluster;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.X509TrustManager;

/** Faults of a member's own certificate, told where it is read: other members would only hang up on it. */
final class PemCheck {

    private static final byte[] TEXT = {1, 2, 3};

    private PemCheck() {}

    static void dates(X509Certificate certificate, Instant now) throws IOException {
        var begin = certificate.getNotBefore().toInstant();
        var end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new IOException("the certificate of " + name(certificate) + " has expired at " + end + ", and it is "
                    + now + " here: renew cert.pem");
        }
        if (now.isBefore(begin)) {
            throw new IOException("the certificate of " + name(certificate) + " is valid from " + begin
                    + " on, and it is " + now + " here: look at the clocks of this machine and of the authority's");
        }
    }

    /** A member shows its certificate when it calls, and when it is called. */
    static void authority(X509Certificate[] chain, X509TrustManager trusted) throws IOException {
        try {
            trusted.checkClientTrusted(chain, "UNKNOWN");
            trusted.checkServerTrusted(chain, "UNKNOWN");
        } catch (CertificateException e) {
            throw new IOException(
                    "the certificate of " + name(chain[0]) + ", issued by "
                            + chain[0].getIssuerX500Principal().getName()
                            + ", is not one that ca.pem vouches for, for servers and for clients: " + e.getMessage(),
                    e);
        }
    }

    static void key(PrivateKey key, X509Certificate certificate) throws IOException {
        if (!fits(key, certificate.getPublicKey())) {
            throw new IOException("key.pem is not the key of the certificate of " + name(certificate));
        }
    }

    private static boolean fits(PrivateKey secret, PublicKey known) {
        var algorithm = switch (secret.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> secret.getAlgorithm();
        };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(TEXT);
            var signed = signature.sign();
            signature.initVerify(known);
            signature.update(TEXT);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) { // as for keys of different kinds
            return false;
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
