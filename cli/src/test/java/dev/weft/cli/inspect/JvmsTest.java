package dev.weft.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JvmsTest {

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private long start(String... command) throws IOException {
        var whole = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        whole.addAll(List.of(command));
        var process = new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        // its first line says that it runs
        assertThat(new BufferedReader(process.inputReader()).readLine()).isNotNull();
        return process.pid();
    }

    @Test
    void list_hasThoseThatUseWeft_withTheirCounts_andNoOthers() throws Exception {
        var uses =
                start("-cp", System.getProperty("java.class.path"), "dev.weft.cli.InspectedProgram", "sleepers", "3");
        var usesNot = start("-m", "jdk.httpserver", "-p", "0", "-b", "127.0.0.1");
        var mine = Set.of(uses, usesNot);
        var list = Jvms.thatUseWeft(Duration.ofSeconds(60), mine::contains);
        assertThat(list).containsExactly(new Jvms.Jvm(uses, "dev.weft.cli.InspectedProgram", 1, 5, null));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
    void oneThatDoesNotAnswer_isListedWithTheReason() throws Exception {
        var stopped = start("-m", "jdk.httpserver", "-p", "0", "-b", "127.0.0.1");
        assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(stopped))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(Jvms.thatUseWeft(Duration.ofMillis(200), pid -> pid == stopped))
                .singleElement()
                .satisfies(jvm -> {
                    assertThat(jvm.tasks()).isEqualTo(-1);
                    assertThat(jvm.problem()).contains("did not answer within 0.2 s");
                });
    }

    @TempDir
    private Path folder;

    private boolean hasWeft(String classPath) {
        var properties = new Properties();
        properties.setProperty("java.class.path", classPath);
        properties.setProperty("user.dir", folder.toString());
        return new ClassPath(properties).hasWeft();
    }

    private void jar(String name, String entry) throws IOException {
        try (var jar = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            jar.putNextEntry(new ZipEntry(entry));
        }
    }

    @Test
    void weft_isFoundInAFolder_inAJar_andInAJarOfJars() throws Exception {
        jar("shaded.jar", "dev/weft/Weft.class");
        jar("fat.jar", "BOOT-INF/lib/weft-core-0.1.0.jar");
        jar("other.jar", "dev/warp/Warp.class");
        Files.writeString(folder.resolve("broken.jar"), "no jar");
        assertThat(hasWeft("missing.jar" + File.pathSeparator + "shaded.jar")).isTrue();
        assertThat(hasWeft(folder.resolve("fat.jar").toString())).isTrue();
        assertThat(hasWeft("other.jar" + File.pathSeparator + "broken.jar" + File.pathSeparator))
                .isFalse();
        assertThat(hasWeft(Path.of(Weft.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString()))
                .isTrue();
        assertThat(hasWeft("")).isFalse();
    }
}
