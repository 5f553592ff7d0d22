package dev.weft.cli.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's program for keys, on one key store. */
final class Keytool {

    /** How the store's password is handed over: what stands in a command line can be seen by everybody. */
    private static final String VARIABLE = "WEFT_STORE_PASSWORD";

    private final Path program;
    private final Path store;
    private final String password;

    private Keytool(Path program, Path store, String password) {
        this.program = program;
        this.store = store;
        this.password = password;
    }

    /**
     * Finds it beside the Java that runs this.
     *
     * @param java the folder of that Java
     * @throws CannotMakeException if it is not there
     */
    static Keytool on(Path store, String password, Path java) throws CannotMakeException {
        for (var name : List.of("keytool", "keytool.exe")) {
            var program = java.resolve("bin").resolve(name);
            if (Files.isRegularFile(program)) {
                return new Keytool(program, store, password);
            }
        }
        throw new CannotMakeException(
                "there is no keytool in " + java.resolve("bin")
                        + ", which makes the keys: run weft on a JDK (WEFT_JAVA_HOME says which), on any machine",
                false);
    }

    /**
     * Makes a pair of keys and its certificate.
     *
     * <p><b>Blocking:</b> about a second. <b>Cancellation:</b> always a cancellation point; keytool is ended.
     *
     * @param more what else is said to it
     */
    void makeKeys(String alias, String subject, int days, List<String> more)
            throws IOException, CannotMakeException, InterruptedException {
        var command = new ArrayList<>(List.of(
                program.toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                VARIABLE,
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + subject,
                "-validity",
                Integer.toString(days)));
        command.addAll(more);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(VARIABLE, password);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var code = process.waitFor(); // it says less than a pipe holds
            if (code != 0) {
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new CannotMakeException(
                        "keytool cannot make the keys of '" + subject + "': "
                                + said.strip().lines().findFirst().orElse("exit " + code),
                        false);
            }
        } finally {
            process.destroy();
        }
    }
}
