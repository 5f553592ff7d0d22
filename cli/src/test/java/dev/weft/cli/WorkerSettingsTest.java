package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft worker} with settings outside of its command line, as a process in a folder of its own. */
class WorkerSettingsTest {

    @TempDir
    Path folder;

    private final String address = RunningWorker.address();

    @BeforeEach
    void settings() throws Exception {
        write("bind=" + address, "join=" + address, "insecure=true", "limit=7", "suspectAfter=4s");
    }

    private void write(String... lines) throws Exception {
        Files.write(folder.resolve("weft-cluster.properties"), List.of(lines));
    }

    private Process worker(Map<String, String> environment, String... words) throws Exception {
        var command = new ArrayList<>(KilledFetchTest.program());
        command.add("worker");
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The line that it says once it has joined. */
    private static String joined(Process worker) throws Exception {
        try (var said = worker.inputReader()) {
            var line = joined(said);
            worker.destroyForcibly();
            return line;
        }
    }

    private static String joined(BufferedReader said) throws Exception {
        var all = new StringBuilder();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("a member of")) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("it has not joined: " + all);
    }

    @Test
    void file_isEnough() throws Exception {
        assertThat(joined(worker(Map.of())))
                .isEqualTo("weft worker: a member of 'weft' at " + address + ", in plain text: up to 7 URLs at once;"
                        + " Ctrl-C ends it");
    }

    @Test
    void environment_standsAboveTheFile_optionsAboveBoth() throws Exception {
        var limit = Map.of("WEFT_CLUSTER_LIMIT", "8");
        assertThat(joined(worker(limit))).contains("up to 8 URLs");
        assertThat(joined(worker(limit, "--concurrency", "9"))).contains("up to 9 URLs");
        var other = RunningWorker.address();
        assertThat(joined(worker(limit, "--bind", other, "--join", other))).contains("at " + other);
    }

    @Test
    void optionsOfAnotherKind_takeThePlaceOfTheFiles() throws Exception {
        write("bind=" + address, "joinDns=no.such.name.invalid", "tls=tls");
        assertThat(Ran.weft("certificates", folder.resolve("tls").toString()).exitCode())
                .isZero();
        assertThat(joined(worker(Map.of(), "--join", address))).contains(", with TLS: ");
        assertThat(joined(worker(Map.of(), "--join", address, "--no-tls"))).contains(", in plain text: ");
    }

    @Test
    void allMistakes_areToldAtOnce() throws Exception {
        write("bind=127.0.0.1", "limt=5");
        var worker =
                worker(Map.of("WEFT_CLUSTER_SUSPECTAFTER", "1s"), "--join", "dns:a,dns:b", "--tls", "x", "--no-tls");
        var said = new String(worker.getInputStream().readAllBytes());
        assertThat(worker.waitFor()).as(said).isEqualTo(2);
        assertThat(said)
                .contains("3 mistakes in the settings of a member:")
                .contains("weft-cluster.properties:1: bind: not a port in '127.0.0.1'")
                .contains("weft-cluster.properties:2: unknown key 'limt': did you mean 'limit'?")
                .contains("WEFT_CLUSTER_SUSPECTAFTER: did you mean WEFT_CLUSTER_SUSPECT_AFTER?")
                .contains("--join takes one dns:NAME alone")
                .contains("--tls and --no-tls: leave one of them out");
    }

    @Test
    void allThatIsMissing_isToldAtOnce() throws Exception {
        write("limit=5");
        var worker = worker(Map.of());
        var said = new String(worker.getInputStream().readAllBytes());
        assertThat(worker.waitFor()).as(said).isEqualTo(2);
        assertThat(said)
                .contains("--bind HOST:PORT is missing")
                .contains("or bind in weft-cluster.properties")
                .contains("--join HOST:PORT,... is missing")
                .contains("members need certificates: give --tls DIR");
    }
}
