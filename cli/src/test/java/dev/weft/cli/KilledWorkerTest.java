package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.demo.ServedDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three workers in processes of their own; one is killed, one is told to end. With {@code -Dweft.cluster.storm=true}
 * alone: a loss is known after four seconds, and processes take as long to start. {@code -Dweft.jar=target/weft.jar}
 * takes the program as it is delivered.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals to send")
@EnabledIfSystemProperty(named = "weft.cluster.storm", matches = "true")
class KilledWorkerTest {

    private static final int URLS = 2_000;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    private Process worker(String bind, String peers) throws Exception {
        var command = new ArrayList<>(KilledFetchTest.program());
        command.addAll(
                List.of("worker", "--cluster", "test", "--bind", bind, "--join", peers, "--tls", tls().toString()));
        command.addAll(List.of("--concurrency", "20"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        var said = new HeardOutput();
        Thread.ofVirtual().start(() -> {
            try (var in = process.getInputStream()) {
                in.transferTo(said);
            } catch (IOException e) {
                // it has ended
            } finally {
                said.end();
            }
        });
        assertThat(said.await("a member of")).as(said.said()).isTrue();
        return process;
    }

    private Path tls() {
        return folder.resolve("tls");
    }

    @Test
    @Timeout(300)
    void workerKilled_andWorkerEnded_eachUrlIsReportedOnce() throws Exception {
        assertThat(Ran.weft("certificates", tls().toString()).exitCode()).isZero();
        try (var demo = new ServedDemo()) {
            var peers = RunningWorker.address() + "," + RunningWorker.address() + "," + RunningWorker.address();
            var binds = peers.split(",");
            var killed = worker(binds[0], peers);
            var ended = worker(binds[1], peers);
            worker(binds[2], peers);
            var list = list(demo);
            var ran = new AtomicReference<Ran>();
            var fetching = Thread.ofPlatform()
                    .start(() -> ran.set(Ran.fetch(
                            "-i",
                            list,
                            "--workers",
                            peers,
                            "--cluster",
                            "test",
                            "--tls",
                            tls().toString(),
                            "--per-host",
                            "1000")));
            demo.awaitRequests(300);
            killed.destroyForcibly();
            demo.awaitRequests(600);
            ended.destroy();
            fetching.join();
            ClusterFetchTest.isExact(ran.get(), URLS);
            assertThat(ran.get().exitCode()).as(ran.get().err()).isZero();
            assertThat(ended.waitFor()).isEqualTo(143);
            var repeated = (Long) ran.get().summary().getOrDefault("repeated", 0L);
            assertThat((long) demo.statistics().requests() - URLS).isBetween(0L, repeated);
        } finally {
            for (var process : processes) {
                process.destroyForcibly();
                process.waitFor();
            }
        }
    }

    private String list(ServedDemo demo) throws IOException {
        return Files.write(
                        folder.resolve("urls.txt"),
                        IntStream.range(0, URLS)
                                .mapToObj(i -> demo.url("/page/" + i + "?delay=150ms"))
                                .toList())
                .toString();
    }
}
