package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.demo.ServedDemo;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft fetch --links URL}, and what does not come in time. */
class RemoteLinksTest {

    private PageServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PageServer().with("/ok", "text/plain", "ok").with("/ok?a=1&b=2", "text/plain", "ok");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void remotePage_isReadByGet_andItsLinksAreRelativeToWhereItIs() {
        server.withRedirect("/old", "/new/page")
                .with(
                        "/new/page",
                        "text/html",
                        "\n<a href=../ok>\n<a href='?q'>\n<a href=#x><a href='//127.0.0.1:1/x'>");
        var page = server.url("/old");
        var ran = fetch("--links", page, "--method", "HEAD");
        assertThat(ran.result(server.url("/ok")))
                .containsEntry("outcome", "ok")
                .containsEntry("from", List.of(page + ":2"));
        assertThat(ran.result(server.url("/new/page?q"))).containsEntry("from", List.of(page + ":3"));
        assertThat(ran.result("http://127.0.0.1:1/x")).containsEntry("kind", "connect");
        assertThat(server.requests())
                .containsExactlyInAnyOrder("GET /old", "GET /new/page", "HEAD /ok", "HEAD /new/page?q");
    }

    @Test
    void progress_saysThatPagesAreRead() {
        server.with("/page", "text/html", "<a href=ok>");
        var page = server.url("/page");
        assertThat(weft("fetch", "--progress", "always", "--links", page).err()).contains("reading pages");
        assertThat(weft("fetch", "--progress", "never", "--links", page).err()).doesNotContain("reading pages");
    }

    @Test
    void credentials_areForServersThatTheUserNamed() throws Exception {
        try (var other = new PageServer().with("/a", "text/html", "").with("/b", "text/html", "")) {
            server.with("/page", "text/html", "<a href=ok><a href='" + other.url("/a") + "'>");
            fetch("-H", "Authorization: me", "--links", server.url("/page"));
            assertThat(server.requests()).containsExactlyInAnyOrder("GET /page me", "GET /ok me");
            assertThat(other.requests()).containsExactly("GET /a");
            fetch("-H", "Authorization: me", "--links", server.url("/page"), other.url("/b"));
            assertThat(other.requests()).containsExactlyInAnyOrder("GET /a", "GET /a me", "GET /b me");
        }
    }

    @Test
    void pagesThatDoNotCome_areOutcomesByTheirCause_andStopNothing() throws Exception {
        server.with("/pdf", "application/pdf", "x").with("/good", "text/markdown", "<" + server.url("/ok") + ">");
        server.with("/large", "text/html", new byte[8 * 1024 * 1024 + 1]).withRedirect("/loop", "/loop");
        try (var demo = new ServedDemo()) {
            var silent = demo.url("/?silent");
            var broken = demo.url("/?break=body");
            var ran = fetch(
                    "--timeout",
                    "1500ms",
                    "--links",
                    server.url("/404"),
                    "--links",
                    silent,
                    "--links",
                    broken,
                    "--links",
                    server.url("/pdf"),
                    "--links",
                    server.url("/large"),
                    "--links",
                    server.url("/loop"),
                    "--links",
                    "http://",
                    "--links",
                    "http://127.0.0.1:1/",
                    "--links",
                    server.url("/good"));
            assertThat(ran.result(server.url("/404")))
                    .containsEntry("outcome", "failed")
                    .containsEntry("status", 404L)
                    .containsEntry("from", List.of("--links"));
            assertThat(ran.result(silent)).containsEntry("outcome", "timeout").containsEntry("phase", "answer");
            assertThat(ran.result(broken)).containsEntry("kind", "io");
            assertThat(ran.result(server.url("/pdf")))
                    .containsEntry("kind", "input")
                    .containsEntry("message", "is application/pdf, and neither HTML nor Markdown");
            assertThat(ran.result(server.url("/large")).get("message").toString())
                    .contains("more than 8.4 MB");
            assertThat(ran.result(server.url("/loop"))).containsEntry("kind", "redirect");
            assertThat(ran.result("http://")).containsEntry("kind", "url");
            assertThat(ran.result("http://127.0.0.1:1/")).containsEntry("kind", "connect");
            assertThat(ran.result(server.url("/ok"))).containsEntry("outcome", "ok");
            assertThat(ran.results()).hasSize(9);
            assertThat(ran.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void deadline_whilePagesAreRead_saysWhichWereCut_andFetchesNothing() throws Exception {
        try (var demo = new ServedDemo()) {
            server.with("/good", "text/html", "<a href=ok>");
            var silent = IntStream.range(0, 6)
                    .mapToObj(i -> demo.url("/" + i + "?silent"))
                    .toList();
            var arguments = new java.util.ArrayList<>(List.of("--deadline", "2500ms", "--links", server.url("/good")));
            silent.forEach(url -> arguments.addAll(List.of("--links", url)));
            var ran = fetch(arguments.toArray(String[]::new));
            assertThat(ran.outcomes()).isEqualTo(Map.of("cut", 4L, "unstarted", 3L));
            assertThat(ran.result(silent.getFirst())).containsEntry("phase", "answer");
            assertThat(ran.result(silent.getLast())).containsEntry("outcome", "unstarted");
            assertThat(ran.result(server.url("/ok"))).containsEntry("outcome", "unstarted");
            assertThat(ran.summary()).containsEntry("hint", "the inputs were not read to their end");
            assertThat(ran.exitCode()).isEqualTo(124);
            assertThat(demo.server().awaitIdle(Duration.ofSeconds(10))).isTrue();
            assertThat(demo.statistics().cut()).isEqualTo(4);
            assertThat(Weft.abandonedCalls()).isEmpty();
        }
    }

    @Test
    void deadline_whileIndexesAreRead_saysWhichSitemapsAreNot() throws Exception {
        try (var demo = new ServedDemo()) {
            var nested = server.url("/nested.xml");
            server.with(
                    "/index.xml",
                    "text/xml",
                    "<sitemapindex><sitemap><loc>" + nested + "</loc></sitemap></sitemapindex>");
            var index = server.url("/index.xml");
            var silent = demo.url("/?silent");
            var ran = fetch("--deadline", "2500ms", "--sitemap", index, "--links", silent);
            assertThat(ran.result(silent)).containsEntry("outcome", "cut");
            assertThat(ran.result(nested))
                    .containsEntry("outcome", "unstarted")
                    .containsEntry("from", List.of(index + ":1"));
            assertThat(ran.results()).hasSize(2);
        }
    }

    @Test
    void interrupt_whilePagesAreRead_reportsAndLeaves() throws Exception {
        try (var demo = new ServedDemo()) {
            var silent = demo.url("/?silent");
            var out = new ByteArrayOutputStream();
            var io = new StandardIo(
                    java.io.InputStream.nullInputStream(),
                    out,
                    OutputStream.nullOutputStream(),
                    Map.of(),
                    false,
                    false);
            var thread = Thread.ofVirtual()
                    .start(() -> new Program(io).run("fetch", "--links", silent, "http://127.0.0.1:1/"));
            demo.awaitRequests(1);
            thread.interrupt();
            thread.join();
            assertThat(out.toString().lines().map(line -> line.substring(0, 9).strip()))
                    .containsExactlyInAnyOrder("cut", "unstarted");
            assertThat(demo.server().awaitIdle(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void deadline_whileStandardInputIsRead_doesNotWaitForIt() throws Exception {
        var pipe = new PipedInputStream();
        try (var writer = new PipedOutputStream(pipe)) {
            writer.write('a');
            var out = new ByteArrayOutputStream();
            var io = new StandardIo(pipe, out, OutputStream.nullOutputStream(), Map.of(), false, false);
            assertThat(new Program(io).run("fetch", "--links", "-", "--deadline", "700ms", "--format", "ndjson"))
                    .isEqualTo(124);
            assertThat(TinyJson.object(out.toString().lines().findFirst().orElseThrow()))
                    .containsEntry("url", "stdin")
                    .containsEntry("outcome", "cut");
        }
    }
}
