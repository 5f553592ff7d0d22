package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostileServer;
import dev.weft.diagnostics.TinyJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process of its own takes in the worst of company, by {@code VmHWM}, the kernel's high-water mark of its
 * memory: floods that never stop, and, with {@code -Dweft.hostile.full=true}, 10,000 URLs.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class HostileMemoryTest {

    private static final int LIMIT_KB = 300_000;
    private static final int URLS = Boolean.getBoolean("weft.hostile.full") ? 10_000 : 1000;
    private static final int PATIENCE_SECONDS = 20;

    @TempDir
    Path folder;

    private HostileServer server;
    private Process process;

    @BeforeEach
    void open() throws IOException {
        server = new HostileServer();
    }

    @AfterEach
    void close() throws IOException {
        process.destroyForcibly();
        server.close();
    }

    /** @return the most memory it has taken, in KB */
    private int fetch(List<String> urls, String... options) throws Exception {
        var list = Files.write(folder.resolve("urls.txt"), urls);
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "fetch",
                "--format",
                "ndjson",
                "-i",
                list.toString()));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        var most = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, highWaterMark(process.pid()));
        }
        return most;
    }

    private static int highWaterMark(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0); // it ends
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // it has ended
        }
    }

    private List<String> outcomes() throws IOException {
        var records = Files.readAllLines(folder.resolve("out"), UTF_8).stream()
                .map(TinyJson::object)
                .toList();
        return records.subList(0, records.size() - 1).stream()
                .map(record -> record.get("outcome").toString())
                .toList();
    }

    @Test
    void floods_takeLittleMemory_andTheirConnectionsAreClosed() throws Exception {
        var floods = List.of("body", "chunks", "header", "headers", "status-line", "continue", "to-10-megabytes");
        var urls = IntStream.range(0, 70)
                .mapToObj(i -> server.url("/" + floods.get(i % floods.size()) + "?" + i))
                .toList();
        var most = fetch(urls, "--per-host", "70", "--concurrency", "70", "--timeout", "2500ms");
        assertThat(most).isBetween(10_000, LIMIT_KB);
        assertThat(outcomes()).hasSize(urls.size()).containsOnly("error", "timeout");
        assertThat(server.awaitIdle(PATIENCE_SECONDS)).isTrue();
    }

    @Test
    void manyUrls_takeLittleMemory() throws Exception {
        var urls = IntStream.range(0, URLS)
                .mapToObj(i -> server.url("/ok/" + i + "?size=2000"))
                .toList();
        var most = fetch(urls, "--per-host", "50");
        assertThat(most).isBetween(10_000, LIMIT_KB);
        assertThat(outcomes()).hasSize(urls.size()).containsOnly("ok");
        assertThat(server.awaitIdle(PATIENCE_SECONDS)).isTrue();
    }
}
