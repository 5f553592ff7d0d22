package dev.weft.cluster;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names a peer's certificate may have. */
final class AllowedNames {

    static final AllowedNames ANY = new AllowedNames(List.of());

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private final List<String> names;
    private final List<Pattern> patterns;

    AllowedNames(List<String> names) {
        this.names = List.copyOf(names);
        this.patterns = this.names.stream().map(AllowedNames::pattern).toList();
    }

    private static Pattern pattern(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a peer must not be blank: worker-*.acme is an example");
        }
        var regex = new StringBuilder();
        for (var part : name.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : "[^./]*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }

    /** @throws CertificateException if the certificate has none of the names */
    void check(X509Certificate certificate) throws CertificateException {
        if (patterns.isEmpty()) {
            return;
        }
        var found = names(certificate);
        for (var pattern : patterns) {
            if (found.stream().anyMatch(name -> pattern.matcher(name).matches())) {
                return;
            }
        }
        throw new CertificateException("the certificate of " + certificate.getSubjectX500Principal() + " has the names "
                + found + ", and allowed are " + names);
    }

    /** Names of hosts are in lower case. */
    private static List<String> names(X509Certificate certificate) throws CertificateException {
        var all = certificate.getSubjectAlternativeNames();
        var found = new ArrayList<String>();
        for (var name : all == null ? List.<List<?>>of() : all) {
            if (name.get(0) instanceof Integer type && name.get(1) instanceof String text) {
                switch (type) {
                    case DNS -> found.add(text.toLowerCase(Locale.ROOT));
                    case EMAIL, URI, IP -> found.add(text);
                    default -> {}
                }
            }
        }
        return found;
    }
}
