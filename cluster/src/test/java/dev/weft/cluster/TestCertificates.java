package dev.weft.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small authorities and the certificates of members, by the JDK's keytool. */
final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    private static @Nullable TestCertificates shared;

    /** Those of all tests: each takes a second to make. */
    static synchronized TestCertificates shared() throws IOException {
        if (shared == null) {
            var made = Files.createTempDirectory("weft-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            shared = new TestCertificates(made);
        }
        return shared;
    }

    private static void delete(Path made) {
        try (var files = Files.walk(made)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it stays in the system's folder of temporary files
        }
    }

    /** A folder as {@link Tls#fromPem} reads it. */
    synchronized Path member(String authority, String name) throws Exception {
        var made = folder.resolve(name);
        if (Files.exists(made)) {
            return made;
        }
        Files.createDirectories(made);
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

    /** The certificate of a member, made again with other dates: as in {@code withDates("ca", "m", "-10d", 5)}. */
    synchronized Path withDates(String authority, String name, String start, int days) throws Exception {
        var member = member(authority, name);
        var made = folder.resolve(name + start);
        if (!Files.exists(made)) {
            Files.createDirectories(made);
            Files.copy(member.resolve("ca.pem"), made.resolve("ca.pem"));
            Files.copy(member.resolve("key.pem"), made.resolve("key.pem"));
            keytool(
                    folder.resolve(authority + ".p12"),
                    "-gencert",
                    "-alias",
                    "ca",
                    "-rfc",
                    "-startdate",
                    start,
                    "-validity",
                    String.valueOf(days),
                    "-infile",
                    folder.resolve(name + ".csr").toString(),
                    "-outfile",
                    made.resolve("cert.pem").toString());
        }
        return made;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
