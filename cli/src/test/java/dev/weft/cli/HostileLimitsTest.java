package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostLog;
import dev.weft.cli.hostile.HostileServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits, as the server sees them. {@code -Dweft.hostile.full=true} takes 10,000 URLs of one host and 500 hosts;
 * without it there are a tenth of each.
 */
class HostileLimitsTest {

    private static final int SCALE = Boolean.getBoolean("weft.hostile.full") ? 10 : 1;
    private static final int PER_HOST = 20;
    private static final int PATIENCE_SECONDS = 20;

    @TempDir
    Path folder;

    private Ran fetch(List<String> urls, String... options) throws Exception {
        var list = Files.write(folder.resolve("urls.txt"), urls);
        var arguments = new java.util.ArrayList<>(List.of("fetch", "--format", "ndjson", "-i", list.toString()));
        arguments.addAll(List.of(options));
        return Ran.weft(arguments.toArray(String[]::new));
    }

    @Test
    void manyUrlsOfOneHost_areFetchedOnceEach_sixAtOnce() throws Exception {
        try (var server = new HostileServer()) {
            var urls = IntStream.range(0, 1000 * SCALE)
                    .mapToObj(i -> server.url("/ok/" + i))
                    .toList();
            var ran = fetch(urls, "--per-host", "6");
            assertThat(ran.outcomes()).isEqualTo(Map.of("ok", (long) urls.size()));
            assertThat(server.log().mostAtOnce()).isLessThanOrEqualTo(6);
            assertThat(server.asked())
                    .hasSize(urls.size())
                    .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
            assertThat(server.awaitIdle(PATIENCE_SECONDS)).isTrue();
        }
    }

    @Test
    void limitOfAHost_isUsedUp() throws Exception {
        try (var server = new HostileServer()) {
            var urls = IntStream.range(0, 12)
                    .mapToObj(i -> server.url("/ok/" + i + "?delay=60"))
                    .toList();
            assertThat(fetch(urls, "--per-host", "3").exitCode()).isZero();
            assertThat(server.log().mostAtOnce()).isEqualTo(3);
        }
    }

    /** Half of what each host does is wrong; a permit that is not given back would show here. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux listens on 127.0.x.y without being told")
    void manyHosts_eachKeepsItsLimit_whateverTheyAnswer() throws Exception {
        var hosts = 50 * SCALE;
        try (var server = new HostileServer(hosts)) {
            var wrong = List.of("/reset", "/words", "/to-itself", "/too-short", "/throttle", "/chunk-broken");
            var urls = IntStream.range(0, hosts * PER_HOST)
                    .mapToObj(i -> server.url(
                            i % hosts,
                            i / hosts % 2 == 0 ? "/ok/" + i : wrong.get(i / hosts / 2 % wrong.size()) + "?" + i))
                    .toList();
            var ran = fetch(urls, "--per-host", "2", "--concurrency", "100");
            assertThat(ran.results()).hasSize(urls.size());
            assertThat(ran.outcomes().keySet()).containsExactlyInAnyOrder("ok", "failed", "error");
            assertThat(ran.outcomes()).containsEntry("ok", urls.size() / 2L);
            assertThat(IntStream.range(0, hosts).mapToObj(server::log))
                    .extracting(HostLog::mostAtOnce)
                    .allSatisfy(most -> assertThat(most).isBetween(1, 2));
            assertThat(server.awaitIdle(PATIENCE_SECONDS)).isTrue();
        }
    }
}
