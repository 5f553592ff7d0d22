package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.Ran.weftWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.demo.ServedDemo;
import dev.weft.cli.model.Verdict;
import dev.weft.diagnostics.TinyJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weft fetch} from its command line to its exit code, against the demo server. */
class FetchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private ServedDemo demo;

    @BeforeEach
    void open() throws IOException {
        demo = new ServedDemo(2);
    }

    @AfterEach
    void close() throws InterruptedException {
        demo.close();
    }

    private String list(List<String> lines) throws IOException {
        return Files.write(folder.resolve("urls.txt"), lines).toString();
    }

    // ---- the six outcomes

    @Test
    void ok_isAStatusOf2xx_withItsSize() {
        var url = demo.url("/a?size=2500");
        var ran = weft("fetch", "--format", "ndjson", url);
        assertThat(ran.result(url))
                .containsEntry("outcome", "ok")
                .containsEntry("status", 200L)
                .containsEntry("bytes", 2500L)
                .containsEntry("from", List.of("argument 1"));
        assertThat(ran.summary())
                .containsEntry("ok", 1L)
                .containsEntry("total", 1L)
                .containsEntry("deadline_hit", false);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404", "500", "304", "300"})
    void failed_isAnotherStatus(long status) {
        var url = demo.url("/a?status=" + status);
        var ran = weft("fetch", "--format", "ndjson", url);
        assertThat(ran.result(url)).containsEntry("outcome", "failed").containsEntry("status", status);
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/a?break=head, io, without an answer",
        "/a?break=body, io, middle of the body",
        "/a?break=garbage, io, not HTTP",
        "/a?loop, redirect, redirect loop",
        "/a?to=ftp%3A%2F%2Fx%2F, redirect, cannot fetch ftp"
    })
    void error_hasAKindAndACause(String path, String kind, String cause) {
        var ran = weft("fetch", "--format", "ndjson", demo.url(path));
        assertThat(ran.results()).singleElement().satisfies(result -> {
            assertThat(result).containsEntry("outcome", "error").containsEntry("kind", kind);
            assertThat(result.get("message").toString()).contains(cause);
        });
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void timeout_isItsOwnLimit_bodyIncluded() {
        var silent = demo.url("/silent?silent");
        var drip = demo.url("/drip?size=1000&drip=60000ms");
        var ran = weft("fetch", "--format", "ndjson", "--timeout", "800ms", silent, drip);
        assertThat(ran.result(silent))
                .containsEntry("outcome", "timeout")
                .containsEntry("phase", "answer")
                .containsEntry("limit_ms", 800L);
        assertThat(ran.result(drip)).containsEntry("outcome", "timeout").containsEntry("phase", "body");
        assertThat((Long) ran.result(drip).get("bytes")).isPositive();
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void cutAndUnstarted_areWhatTheDeadlineFinds() throws Exception {
        var urls = IntStream.range(0, 10)
                .mapToObj(i -> demo.url("/" + i + "?silent"))
                .toList();
        var ok = demo.url(1, "/ok");
        var ran = weft("fetch", "--format", "ndjson", "--deadline", "1500ms", "--per-host", "4", "-i", list(urls), ok);
        assertThat(ran.outcomes()).isEqualTo(Map.of("cut", 4L, "unstarted", 6L, "ok", 1L));
        assertThat(ran.summary())
                .containsEntry("cut", 4L)
                .containsEntry("unstarted", 6L)
                .containsEntry("deadline_hit", true)
                .containsEntry("deadline_ms", 1500L);
        assertThat(ran.summary().get("hint").toString())
                .contains("6 could not begin")
                .contains("--per-host 4");
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(ran.took()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(5));
        assertThat(demo.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(demo.statistics().cut()).isEqualTo(4);
    }

    @Test
    void aThousandUrls_andADeadline_areEachInExactlyOneOutcome() throws Exception {
        var urls = IntStream.range(0, 1000)
                .mapToObj(i -> demo.url(i % 2, "/" + i + (i % 3 == 0 ? "?silent" : "?delay=" + i % 400 + "ms")))
                .toList();
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "--deadline",
                "1s",
                "--concurrency",
                "300",
                "--per-host",
                "200",
                "-i",
                list(urls));
        assertThat(ran.results()).extracting(result -> result.get("url")).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(ran.outcomes()).containsKeys("cut", "unstarted");
        for (var verdict : Verdict.values()) {
            assertThat(ran.summary())
                    .containsEntry(verdict.toString(), ran.outcomes().getOrDefault(verdict.toString(), 0L));
        }
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(demo.server().awaitIdle(PATIENCE)).isTrue();
    }

    // ---- redirects, methods, headers

    @Test
    void redirect_isFollowed_andSaysWhereItLed() {
        var url = demo.url("/a?to=%2Fb%3Fsize%3D10");
        assertThat(weft("fetch", "--format", "ndjson", url).result(url))
                .containsEntry("outcome", "ok")
                .containsEntry("final_url", demo.url("/b?size=10"))
                .containsEntry("bytes", 1010L);
    }

    @Test
    void head_readsNoBody() {
        var url = demo.url("/a?size=5000");
        assertThat(weft("fetch", "--format", "ndjson", "--method", "head", "--header", "X-A: b", url)
                        .result(url))
                .containsEntry("outcome", "ok")
                .containsEntry("bytes", 0L);
    }

    // ---- errors without an answer

    @Test
    void connectError_isToldFromOthers() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        var url = "http://127.0.0.1:" + port + "/";
        assertThat(weft("fetch", "--format", "ndjson", url).result(url))
                .containsEntry("outcome", "error")
                .containsEntry("kind", "connect")
                .containsEntry("message", "cannot connect: nobody answers there");
    }

    @Test
    void tlsError_isToldFromOthers() {
        var url = demo.url("/").replace("http:", "https:");
        assertThat(weft("fetch", "--format", "ndjson", url).result(url))
                .containsEntry("outcome", "error")
                .containsEntry("kind", "tls")
                .containsEntry("message", "the server does not speak TLS on this port: is it http://?");
    }

    // ---- limits

    @Test
    void perHost_isKeptForEachHost() throws Exception {
        try (var other = new ServedDemo()) {
            var urls = IntStream.range(0, 12)
                    .mapToObj(i -> (i % 2 == 0 ? demo : other).url("/" + i + "?delay=60ms"))
                    .toList();
            var ran = weft("fetch", "--per-host", "2", "-i", list(urls));
            assertThat(ran.exitCode()).isZero();
            assertThat(demo.statistics().mostAtOnce()).isEqualTo(2);
            assertThat(other.statistics().mostAtOnce()).isEqualTo(2);
        }
    }

    @Test
    void concurrency_isKeptForAll() throws Exception {
        var urls = IntStream.range(0, 12)
                .mapToObj(i -> demo.url(i % 2, "/" + i + "?delay=60ms"))
                .toList();
        assertThat(weft("fetch", "--concurrency", "3", "-i", list(urls)).exitCode())
                .isZero();
        assertThat(demo.statistics().mostAtOnce()).isEqualTo(3);
    }

    @Test
    void slowHost_withALongQueue_doesNotHoldUpAnother() throws Exception {
        var slow = IntStream.range(0, 50).mapToObj(i -> demo.url(0, "/" + i + "?silent"));
        var quick = IntStream.range(0, 50).mapToObj(i -> demo.url(1, "/" + i));
        var urls = java.util.stream.Stream.concat(slow, quick).toList();
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "--concurrency",
                "4",
                "--per-host",
                "2",
                "--deadline",
                "1500ms",
                "-i",
                list(urls));
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 50L, "cut", 2L, "unstarted", 48L));
    }

    @Test
    void waitingForAPermit_isShownApart_andIsNotPartOfTheTimeout() {
        var urls = IntStream.range(0, 3)
                .mapToObj(i -> demo.url("/" + i + "?delay=400ms"))
                .toArray(String[]::new);
        var arguments = new java.util.ArrayList<>(
                List.of("fetch", "--format", "ndjson", "--per-host", "1", "--timeout", "1100ms"));
        arguments.addAll(List.of(urls));
        var ran = weft(arguments.toArray(String[]::new));
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 3L));
        var last = ran.result(urls[2]);
        assertThat((Long) last.get("queued_ms")).isGreaterThanOrEqualTo(800);
        assertThat((Long) last.get("took_ms")).isBetween(400L, 1100L);
    }

    // ---- inputs

    @Test
    void duplicates_areFetchedOnce_andKeepAllTheirPlaces() throws Exception {
        var url = demo.url("/a");
        var file = list(List.of("# twice", url + "#one", "", url + "#two"));
        var ran = weftWith(url + "\r\n", "fetch", "--format", "ndjson", "-i", file, "-i", "-", url);
        assertThat(ran.results()).hasSize(1);
        assertThat(ran.places(url)).containsExactly("argument 1", file + ":2", file + ":4", "stdin:1");
        assertThat(demo.statistics().requests()).isEqualTo(1);
    }

    @Test
    void badLines_areErrorsWithTheirPlace_andTheRestIsFetched() throws Exception {
        var file = folder.resolve("urls.txt");
        var good = demo.url("/a");
        var text = "\ufeff" + good + "\r\nnonsense\r\nftp://x/\n\n# c\n" + "x".repeat(70_000) + "\n";
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(("http://caf\u00e9/\n" + demo.url("/b")).getBytes(StandardCharsets.ISO_8859_1));
        Files.write(file, bytes.toByteArray());
        var missing = folder.resolve("missing").toString();
        var ran = weft("fetch", "--format", "ndjson", "-i", file.toString(), "-i", missing, "-i", folder.toString());
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 2L, "error", 6L));
        assertThat(ran.results().stream()
                        .filter(result -> result.get("outcome").equals("error"))
                        .map(result -> result.get("kind") + " " + ((List<?>) result.get("from")).getFirst()))
                .containsExactlyInAnyOrder(
                        "url " + file + ":2",
                        "url " + file + ":3",
                        "url " + file + ":6",
                        "url " + file + ":7",
                        "input " + missing,
                        "input " + folder);
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void deadline_whileTheListIsStillBeingRead_reportsWhatWasReadAndFetched() throws Exception {
        var pipe = new java.io.PipedInputStream();
        try (var writer = new java.io.PipedOutputStream(pipe)) {
            writer.write((demo.url("/a") + "\n").getBytes(StandardCharsets.UTF_8));
            writer.flush();
            var out = new java.io.ByteArrayOutputStream();
            var io = new StandardIo(pipe, out, java.io.OutputStream.nullOutputStream(), Map.of(), false, false);
            assertThat(new Program(io).run("fetch", "-i", "-", "--deadline", "1500ms", "--format", "ndjson"))
                    .isEqualTo(124);
            assertThat(out.toString().lines().map(TinyJson::object).toList())
                    .satisfiesExactly(
                            result -> assertThat(result).containsEntry("outcome", "ok"),
                            summary -> assertThat(summary)
                                    .containsEntry("ok", 1L)
                                    .containsEntry("deadline_hit", true)
                                    .containsEntry("hint", "the inputs were not read to their end"));
        }
    }

    // ---- what is shown

    @Test
    void results_goToStandardOutput_andTheSummaryToStandardError() {
        var ran = weft("fetch", demo.url("/a?size=10"), demo.url("/b?status=404"));
        assertThat(ran.out().lines().map(line -> line.substring(0, 9).strip()))
                .containsExactlyInAnyOrder("ok", "failed");
        assertThat(ran.out()).doesNotContain("\u001b", "\r");
        assertThat(ran.err())
                .startsWith("2 URLs in ")
                .contains(": 1 ok, 1 failed, 0 error, 0 timeout, 0 cut, 0 unstarted");
    }

    @Test
    void results_areWrittenAsTheyArrive() throws Exception {
        var first = new java.util.concurrent.CountDownLatch(1);
        var out = new java.io.ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int count) {
                super.write(bytes, offset, count);
                first.countDown();
            }
        };
        var io = new StandardIo(
                java.io.InputStream.nullInputStream(),
                out,
                java.io.OutputStream.nullOutputStream(),
                Map.of(),
                false,
                false);
        var silent = demo.url("/silent?silent");
        var thread = Thread.ofVirtual().start(() -> new Program(io).run("fetch", demo.url("/a"), silent));
        first.await();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("ok ");
        thread.interrupt(); // as Ctrl-C: the rest is reported
        thread.join();
        assertThat(out.toString().lines().map(line -> line.substring(0, 9).strip()))
                .containsExactly("ok", "cut");
    }

    @Test
    void colour_isForTerminals_unlessNoColorIsSet() {
        var url = demo.url("/a");
        assertThat(onTerminal(Map.of(), "fetch", "--progress", "never", url)).contains("\u001b[32mok");
        assertThat(onTerminal(Map.of("NO_COLOR", "1"), "fetch", "--progress", "never", url))
                .doesNotContain("\u001b");
        assertThat(onTerminal(Map.of("TERM", "dumb"), "fetch", "--progress", "never", url))
                .doesNotContain("\u001b");
        assertThat(onTerminal(Map.of("NO_COLOR", ""), "fetch", "--progress", "never", url))
                .contains("\u001b[32mok");
    }

    @Test
    void progress_isForTerminals_andCanBeForcedOrForbidden() {
        var slow = demo.url("/a?delay=300ms");
        assertThat(onTerminal(Map.of(), "fetch", slow))
                .contains("[0/1] 1 running")
                .contains("\r\u001b[K");
        assertThat(onTerminal(Map.of(), "fetch", "--progress", "never", slow)).doesNotContain("running");
        assertThat(weft("fetch", slow).err()).doesNotContain("running");
        assertThat(weft("fetch", "--progress", "always", slow).err()).contains("[0/1] 1 running");
    }

    private static String onTerminal(Map<String, String> environment, String... arguments) {
        var screen = new java.io.ByteArrayOutputStream();
        new Program(new StandardIo(java.io.InputStream.nullInputStream(), screen, screen, environment, true, true))
                .run(arguments);
        return screen.toString();
    }

    // ---- the demonstration

    @Test
    void demo_showsTheExercise_andSaysWhatItsServerSaw() {
        var ran = weft("fetch", "--demo", "--demo-seed", "1", "--deadline", "1s", "--format", "ndjson");
        assertThat(ran.results()).hasSize(10);
        assertThat(ran.outcomes()).containsKeys("cut");
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(ran.err())
                .containsPattern("The demo server saw 10 requests: \\d answered, "
                        + ran.outcomes().get("cut") + " cut by the client");
    }

    @Test
    void demo_fitsATerminal_andItsClockIsItsOwn() {
        for (var seed : new String[] {"1", "2", "3"}) {
            var ran = weft("fetch", "--demo", "--demo-seed", seed, "--deadline", "2500ms");
            assertThat((ran.out() + ran.err()).lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    // ---- what hangs

    @Test
    void dumpOnDeadline_saysWhatEachFetchWasDoing_afterTheReport() {
        var silent = demo.url("/1?silent");
        var ran = weft("fetch", "--deadline", "500ms", "--dump-on-deadline", silent);
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(ran.out()).contains("cut");
        assertThat(ran.err()).contains("Weft dump of process", "task 'fetch " + silent + "'", "at ");
        assertThat(ran.err().indexOf("1 cut")).isLessThan(ran.err().indexOf("Weft dump of process"));
    }

    @Test
    void dumpOnDeadline_allAnswerInTime_saysNothing() {
        var ran = weft("fetch", "--deadline", "30s", "--dump-on-deadline", demo.url("/1"));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).doesNotContain("Weft dump");
    }

    // ---- nothing is left behind

    @Test
    void afterTheEnd_noThreadAndNoConnectionIsLeft() throws Exception {
        var urls = IntStream.range(0, 40)
                .mapToObj(i -> demo.url("/" + i + (i % 2 == 0 ? "?silent" : "")))
                .toList();
        assertThat(weft("fetch", "--deadline", "500ms", "--per-host", "50", "-i", list(urls))
                        .exitCode())
                .isEqualTo(124);
        assertThat(demo.server().awaitIdle(PATIENCE)).as("connections closed").isTrue();
        for (var thread : clientThreads()) {
            assertThat(thread.join(PATIENCE)).as(thread.toString()).isTrue();
        }
        assertThat(Weft.abandonedCalls()).isEmpty();
    }

    private static List<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toList());
    }
}
