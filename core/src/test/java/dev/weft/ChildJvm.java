package dev.weft;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java program of its own, with Weft and its tests on the class path. */
public final class ChildJvm {

    private ChildJvm() {}

    /** How a program has ended, and what it has written. */
    public record Result(int exitCode, String output) {}

    /** Runs {@code main} and waits for its end. */
    public static Result run(Class<?> main, Map<String, String> environment, String... jvmOptions)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath(Weft.class, main), main.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("WEFT_DEBUG");
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), text.strip());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The folders that classes were loaded from, as a class path. */
    public static String classPath(Class<?>... types) {
        var roots = new ArrayList<String>();
        for (var type : types) {
            roots.add(root(type));
        }
        return String.join(File.pathSeparator, roots);
    }

    // the code source does not tell it of a patched module
    private static String root(Class<?> type) {
        var file = "/" + type.getName().replace('.', '/') + ".class";
        try {
            var path = Path.of(type.getResource(file).toURI());
            for (var i = 0; i < file.chars().filter(c -> c == '/').count(); i++) {
                path = path.getParent();
            }
            return path.toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
