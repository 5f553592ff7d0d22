package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.demo.ServedDemo;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading, fetching and reporting at the same time. */
class StreamingTest {

    private ServedDemo demo;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        demo = new ServedDemo();
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    /** Says when something has been written. */
    private static final class Watched extends ByteArrayOutputStream {
        private final CountDownLatch first = new CountDownLatch(1);

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) {
            super.write(bytes, offset, count);
            first.countDown();
        }
    }

    @Test
    void firstResult_isThere_beforeTheListHasEnded() throws Exception {
        var pipe = new PipedInputStream();
        var out = new Watched();
        var io = new StandardIo(pipe, out, OutputStream.nullOutputStream(), Map.of(), false, false);
        try (var writer = new PipedOutputStream(pipe)) {
            var code = CompletableFuture.supplyAsync(() -> new Program(io).run("fetch", "-i", "-"));
            writer.write((demo.url("/a") + "\n").getBytes(UTF_8));
            writer.flush();
            assertThat(out.first.await(60, TimeUnit.SECONDS)).isTrue();
            writer.write((demo.url("/b") + "\n").getBytes(UTF_8));
            writer.write((demo.url("/a") + "\n").getBytes(UTF_8));
            writer.close();
            assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(out.toString(UTF_8).lines()).hasSize(2);
    }

    @Test
    void placeThatIsFoundLater_isTold() throws Exception {
        var pipe = new PipedInputStream();
        var out = new Watched();
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(pipe, out, err, Map.of(), false, false);
        try (var writer = new PipedOutputStream(pipe)) {
            var code = CompletableFuture.supplyAsync(() -> new Program(io).run("fetch", "-i", "-"));
            writer.write((demo.url("/a") + "\n").getBytes(UTF_8));
            writer.flush();
            assertThat(out.first.await(60, TimeUnit.SECONDS)).isTrue();
            writer.write((demo.url("/a") + "\n").getBytes(UTF_8));
            writer.close();
            assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
        }
        assertThat(err.toString(UTF_8)).contains("/a is also in stdin:2").contains("1 URL in");
    }

    @Test
    void longList_isAccountedForAtTheDeadline_inRanges() throws Exception {
        var count = 150_000;
        var list = Files.write(
                folder.resolve("list"),
                IntStream.range(0, count).mapToObj(i -> demo.url("/" + i)).toList());
        for (var format : List.of("ndjson", "json", "human", "junit")) {
            var ran =
                    Ran.weft("fetch", "--format", format, "-i", list.toString(), "--rate", "20/s", "--deadline", "2s");
            assertThat(ran.exitCode()).isEqualTo(124);
            assertThat(ran.out().lines().count()).as(format).isLessThan(11_000);
            if (format.equals("ndjson")) {
                var summary = ran.summary();
                var sum = List.of("ok", "failed", "error", "timeout", "cut", "unstarted").stream()
                        .mapToLong(outcome -> (Long) summary.get(outcome))
                        .sum();
                assertThat(summary).containsEntry("total", sum);
                if (sum != count) {
                    // a machine that is too busy to count lines says so
                    assertThat(String.valueOf(summary.get("hint"))).contains("not read to their end");
                } else {
                    var rest = ran.results().getLast();
                    assertThat(rest).containsEntry("type", "rest").containsEntry("last_line", (long) count);
                    assertThat((Long) rest.get("count") + ran.results().size() - 1)
                            .isEqualTo(count);
                }
            }
        }
    }

    @Test
    void listsAndArguments_thatHoldNothing_areWrongUsage() throws Exception {
        var empty = Files.writeString(folder.resolve("empty"), "# nothing\n\n");
        assertThat(Ran.weft("fetch", "-i", empty.toString()).exitCode()).isEqualTo(2);
        var missing = folder.resolve("missing").toString();
        assertThat(Ran.weft("fetch", "-i", missing).err()).contains("there is no such file");
        var both = Ran.fetch("-i", missing, demo.url("/a"));
        assertThat(both.outcomes()).isEqualTo(Map.of("ok", 1L, "error", 1L));
    }
}
