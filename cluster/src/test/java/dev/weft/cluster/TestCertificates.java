package dev.weft.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Small authorities and the certificates of members, by the JDK's keytool. */
final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** A folder as {@link Tls#fromPem} reads it. */
    Path member(String authority, String name) throws Exception {
        var made = Files.createDirectories(folder.resolve(name));
        var ca = folder.resolve(authority + ".p12");
        if (!Files.exists(ca)) {
            keytool(ca, "-genkeypair", "-alias", "ca", "-dname", "CN=" + authority, "-ext", "bc:c", "-keyalg", "EC");
        }
        var keys = folder.resolve(name + ".p12");
        keytool(keys, "-genkeypair", "-alias", "m", "-dname", "CN=" + name, "-keyalg", "EC");
        var request = folder.resolve(name + ".csr");
        keytool(keys, "-certreq", "-alias", "m", "-file", request.toString());
        var certificate = made.resolve("cert.pem");
        keytool(
                ca,
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        keytool(
                ca,
                "-exportcert",
                "-alias",
                "ca",
                "-rfc",
                "-file",
                made.resolve("ca.pem").toString());
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        var key = Base64.getMimeEncoder()
                .encodeToString(store.getKey("m", PASSWORD).getEncoded());
        Files.writeString(
                made.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        return made;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", "changeit", "-storetype", "PKCS12"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
