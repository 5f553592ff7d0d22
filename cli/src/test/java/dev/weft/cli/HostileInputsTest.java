package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.command.Converters;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.input.LineReader;
import dev.weft.cli.keep.FileNames;
import dev.weft.cli.keep.JournalFile;
import dev.weft.cli.keep.JournalLine;
import dev.weft.cli.model.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs made to end the run: each costs itself a row, and the run goes on. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputsTest {

    @TempDir
    Path temp;

    private volatile String body = "";
    private volatile String type = "text/plain";
    private ScriptedServer server;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedServer(r -> switch (r.target()) {
            case "/page" -> answer(200, body, "Content-Type: " + type);
            default -> answer(200, "fine");
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!>                | 1365  | x",
                "<!---->            | 20000 | x",
                "'<?a?> '           | 1000  | x",
                "<!                 | 4000  | x",
                "<!--               | 4000  | x",
                "'> '               | 20000 | x",
                "'- '               | 20000 | x",
                "*a_                | 20000 | x",
                "[                  | 20000 | x",
                "![a](              | 5000  | x",
                "'<meta '           | 4000  | x",
                "'<b '              | 20000 | >",
            })
    void page_doesNotEndTheRun(String pump, int times, String end) {
        body = pump.repeat(times) + end;
        for (var kind : new String[] {"text/plain", "text/html", "text/markdown", "application/xhtml+xml"}) {
            type = kind;
            var ran = fetch("--links", server.url("/page"), server.url("/fine"));
            assertThat(ran.err()).as(kind).doesNotContain("Exception").doesNotContain("Error");
            assertThat(ran.result(server.url("/fine"))).containsEntry("outcome", "ok");
        }
    }

    @Test
    void refresh_isReadInOneGo() {
        type = "text/html";
        body = "<meta http-equiv=refresh content=\"" + " ".repeat(1_000_000) + "x\"><a href=/fine>";
        assertThat(fetch("--links", server.url("/page")).result(server.url("/fine")))
                .containsEntry("outcome", "ok");
    }

    @Test
    void slashes_areNotAllTriedFromEach() {
        var url = "http://a/" + "/".repeat(16_000) + "x";
        for (var i = 0; i < 100; i++) {
            assertThat(FileNames.of(java.net.URI.create(url + i))).startsWith("a/x" + i + "~");
        }
    }

    @Test
    void glob_triesNoPlaceTwice() throws Exception {
        var pattern = new Converters.Glob().convert("*a*a*a*a*a*a*a*a*a*a*b");
        assertThat(pattern.matcher("a".repeat(20_000)).matches()).isFalse();
        assertThat(pattern.matcher("a".repeat(20) + "b").matches()).isTrue();
        assertThat(new Converters.Glob().convert("a?c*e").matcher("abcde").matches())
                .isTrue();
        assertThat(new Converters.Glob().convert("*.*").matcher("a.b").matches())
                .isTrue();
        assertThat(new Converters.Glob().convert("a*b*").matcher("ab").matches())
                .isTrue();
        assertThat(new Converters.Glob().convert("*").matcher("").matches()).isTrue();
        assertThat(new Converters.Glob().convert("a*a").matcher("a").matches()).isFalse();
        assertThat(new Converters.Glob().convert("").matcher("").matches()).isTrue();
    }

    // ---- journals

    private static byte[] journal(byte[] tail) {
        var head = (new JournalLine.Head(1, "GET", null) + "\n").getBytes(UTF_8);
        var all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private static byte[] xs(int count) {
        var xs = new byte[count];
        Arrays.fill(xs, (byte) 'x');
        return xs;
    }

    @Test
    void journalWithoutLineEnds_isRefusedAtOnce_andLeftAsItIs() throws Exception {
        var file = Files.write(temp.resolve("journal"), xs(30_000_000));
        var stopwatch = Stopwatch.start();
        assertThatThrownBy(() -> JournalFile.open(file, "GET", null)).hasMessageContaining("no journal of weft fetch");
        assertThat(Files.size(file)).isEqualTo(30_000_000);
        // one call of the system for each byte took half a minute on a machine with nothing else to do
        assertThat(stopwatch.elapsed()).isLessThan(java.time.Duration.ofSeconds(10));
    }

    @Test
    void journalWithATailWithoutEnd_isReadOnce_inBoundedMemory() throws Exception {
        var file = Files.write(temp.resolve("journal"), journal(xs(30_000_000)));
        var stopwatch = Stopwatch.start();
        JournalFile.open(file, "GET", null).close();
        assertThat(stopwatch.elapsed()).isLessThan(java.time.Duration.ofSeconds(10));
        assertThat(Files.size(file)).isLessThan(1000);
    }

    @Test
    void journalWithALongLine_countsItAsUnreadable() throws Exception {
        var long1 = xs(3_000_000);
        long1[long1.length - 1] = '\n';
        var file = Files.write(temp.resolve("journal"), journal(long1));
        try (var journal = JournalFile.open(file, "GET", null)) {
            assertThat(journal.unreadable()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[ | 100000", "{\"a\": | 100000", "{\"uri\":[ | 50000", "{\"redirects\":[ | 50000"})
    void deepJournalLine_isUnreadable(String pump, int times) {
        assertThat(JournalLine.parse(pump.repeat(times))).isNull();
    }

    // ---- lists

    @Test
    void listThatIsOneEndlessLine_isToldOf_andTheDeadlineHolds() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                return count;
            }
        };
        assertThatThrownBy(() -> new LineReader(endless).next()).hasMessageContaining("it is no text");
    }

    @Test
    void errorsOfReading_areOfTheInputAlone() {
        for (var error : new Error[] {new StackOverflowError(), new OutOfMemoryError()}) {
            var breaking = new InputStream() {
                @Override
                public int read() {
                    throw error;
                }

                @Override
                public int read(byte[] bytes, int offset, int count) {
                    throw error;
                }
            };
            for (var option : new String[] {"-i", "--links", "--sitemap"}) {
                var out = new java.io.ByteArrayOutputStream();
                var err = new java.io.ByteArrayOutputStream();
                var io = new StandardIo(breaking, out, err, java.util.Map.of(), false, false);
                var code = new Program(io).run("fetch", "--format", "ndjson", option, "-", server.url("/fine"));
                var ran = new Ran(code, out.toString(UTF_8), err.toString(UTF_8), java.time.Duration.ZERO);
                assertThat(ran.result("stdin")).as(option).containsEntry("kind", "input");
                assertThat(ran.result(server.url("/fine"))).containsEntry("outcome", "ok");
            }
        }
    }
}
