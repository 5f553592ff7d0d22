package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.http.PackedSink;
import dev.weft.cli.model.ExitCode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Large inputs in a heap of 32 MB: what does not fit is said in a row, and the rest is fetched. */
class SmallHeapTest {

    @TempDir
    Path temp;

    private static Ran weft(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), said, "", java.time.Duration.ZERO);
    }

    @Test
    void largeList_isReadAsFarAsItFits() throws Exception {
        var list = Files.write(
                temp.resolve("list"),
                IntStream.range(0, 200_000)
                        .mapToObj(i -> "http://127.0.0.1:1/a/longer/path/of/some/page/" + i)
                        .toList());
        var ran = weft("fetch", "-i", list.toString(), "--rate", "1/s", "--deadline", "10s");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.DEADLINE);
        assertThat(ran.out()).contains("has more URLs than fit into the memory").doesNotContain("Exception in");
    }

    @EnabledIfSystemProperty(named = "weft.hostile.full", matches = "true")
    @Test
    void largeSitemap_isReadAsFarAsItFits() throws Exception {
        var urls = IntStream.range(0, 600_000)
                .mapToObj(i -> "<url><loc>http://127.0.0.1:1/a/longer/path/of/some/page/" + i + "</loc></url>")
                .collect(Collectors.joining("\n", "<urlset>", "</urlset>"));
        var sitemap = Files.writeString(temp.resolve("sitemap.xml"), urls);
        assertThat(Files.size(sitemap)).isGreaterThan(40_000_000);
        var ran = weft("fetch", "--sitemap", sitemap.toString(), "--deadline", "20s");
        assertThat(ran.out())
                .contains("has more links than fit into the memory")
                .doesNotContain("Exception in");
    }

    @Test
    void packedBody_isTheSameAgain_andNotMoreThanItMay() throws Exception {
        var bytes = "https://example.org/a/page ".repeat(100_000).getBytes(UTF_8);
        var sink = new PackedSink(1_000_000);
        for (var at = 0; at < bytes.length; at += 9_999) {
            sink.write(ByteBuffer.wrap(bytes, at, Math.min(9_999, bytes.length - at)));
        }
        assertThat(sink.open().readAllBytes()).isEqualTo(bytes);
        assertThat(sink.open().readAllBytes()).as("once more").isEqualTo(bytes);
        var noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> new PackedSink(1_000_000).write(ByteBuffer.wrap(noise)))
                .hasMessageContaining("more memory than there is");
        try (var empty = new PackedSink().open()) {
            assertThat(empty.readAllBytes()).isEmpty();
        }
    }
}
