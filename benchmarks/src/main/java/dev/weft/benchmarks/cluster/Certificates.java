package dev.weft.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The certificate of all members, of an authority of its own, by the JDK's keytool. */
final class Certificates {

    static final String PASSWORD = "benchmarks";
    static final String STORE = "member.p12";

    private static final char[] SECRET = PASSWORD.toCharArray();

    private Certificates() {}

    /** Makes them, as PEM files for Weft and as a key store for JGroups. Takes two seconds. */
    static void make(Path folder) throws IOException, InterruptedException {
        var all = folder.resolve("all.p12");
        keytool(all, "ca", "-ext", "bc:c");
        keytool(all, "member", "-signer", "ca");
        try {
            var keys = KeyStore.getInstance(all.toFile(), SECRET);
            var authority = keys.getCertificate("ca");
            var member = keys.getCertificate("member");
            var key = keys.getKey("member", SECRET);
            pem(folder.resolve("ca.pem"), "CERTIFICATE", authority.getEncoded());
            pem(folder.resolve("cert.pem"), "CERTIFICATE", member.getEncoded());
            pem(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
            store(folder.resolve(STORE), key, member, authority);
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool has made certificates that cannot be read: " + e.getMessage(), e);
        }
    }

    /** Without the authority's key, which a member could take for its own. */
    private static void store(Path file, Key key, Certificate member, Certificate authority)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, SECRET);
        store.setKeyEntry("member", key, SECRET, new Certificate[] {member, authority});
        store.setCertificateEntry("ca", authority);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, SECRET);
        }
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void keytool(Path store, String alias, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Commands.run(command);
    }
}
