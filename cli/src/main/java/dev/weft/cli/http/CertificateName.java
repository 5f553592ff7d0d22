package dev.weft.cli.http;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * Whether a certificate is a host's, by RFC 6125: a DNS name among its alternative names is the host's name, or has
 * {@code *} in place of the first label, above a domain of two labels or more. A common name does not count.
 */
final class CertificateName {

    private static final int DNS_NAME = 2;
    private static final String WILDCARD = "*.";

    private CertificateName() {}

    static boolean isOf(X509Certificate certificate, String host) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .anyMatch(name -> matches(String.valueOf(name.get(1)), host));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    static boolean matches(String name, String host) {
        var named = plain(name);
        var asked = plain(host);
        if (!named.startsWith(WILDCARD)) {
            return named.equals(asked);
        }
        var domain = named.substring(1);
        var dot = asked.indexOf('.');
        return domain.indexOf('*') < 0
                && domain.indexOf('.', 1) > 0
                && dot > 0
                && asked.substring(dot).equals(domain);
    }

    /** In lower case, without the dot at the end. */
    static String plain(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
