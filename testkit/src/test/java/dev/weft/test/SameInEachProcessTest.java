package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same program and schedule give the same trace in each process, whatever JVM and machine it is. */
@Timeout(300)
class SameInEachProcessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC -XX:ActiveProcessorCount=1 -XX:TieredStopAtLevel=1"
                        + " -XX:+UnlockExperimentalVMOptions -XX:hashCode=2",
                "-XX:+UseParallelGC -XX:ActiveProcessorCount=7 -Xshare:off -Duser.language=ar -Duser.country=EG"
                        + " -Duser.timezone=Asia/Kathmandu -Dweft.debug=true"
            })
    void traces_areThoseOfThisProcess(String options) throws Exception {
        assertThat(fingerprintsBy(options)).isEqualTo(Fingerprints.all()).hasSizeGreaterThan(160);
    }

    private static List<String> fingerprintsBy(String options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-cp", classPath(), Fingerprints.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    static String classPath() {
        return String.join(File.pathSeparator, root(Weft.class), root(Simulation.class), root(Fingerprints.class));
    }

    /** The folder or jar of {@code type}, also if it is in a patch of its module. */
    private static String root(Class<?> type) {
        var file = type.getName().replace('.', '/') + ".class";
        try {
            var uri = type.getResource("/" + file).toURI().toString();
            var root = uri.substring(0, uri.length() - file.length());
            return Path.of(new java.net.URI(root.replaceFirst("^jar:(.*)!/$", "$1")))
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
