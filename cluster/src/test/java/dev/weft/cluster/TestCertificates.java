package dev.weft.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** {@link #member} with other dates: as in {@code withDates("ca", "m", "-10d", 5)}. */
    Path withDates(String authority, String name, String start, int days) throws Exception {
        var when = start.startsWith("-") ? "-past" : "-future";
        return member(authority, name + when, "-startdate", start, "-validity", String.valueOf(days));
    }

    /**
     * A folder as {@link Tls#fromPem} reads it.
     *
     * @param more options of keytool, as {@code -ext san=dns:w1}
     */
    synchronized Path member(String authority, String name, String... more) throws Exception {
        if (Files.exists(folder.resolve(name))) {
            return folder.resolve(name);
        }
        var store = folder.resolve(authority + ".p12");
        if (!Files.exists(store)) {
            keytool(store, "ca", "CN=" + authority, "-ext", "bc:c");
        }
        var options = new ArrayList<>(List.of("-signer", "ca"));
        options.addAll(List.of(more));
        keytool(store, name, "CN=" + name, options.toArray(new String[0]));
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var made = Files.createDirectories(folder.resolve(name));
        write(made.resolve("ca.pem"), "CERTIFICATE", keys.getCertificate("ca").getEncoded());
        write(made.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(name).getEncoded());
        write(
                made.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD).getEncoded());
        return made;
    }

    /** Replaces the files of one member by those of another, one after the other. */
    static void replace(Path old, Path by) throws IOException {
        for (var file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.write(old.resolve(file), Files.readAllBytes(by.resolve(file)));
        }
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void keytool(Path store, String alias, String name, String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                name,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
