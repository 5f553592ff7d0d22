package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.Ran.weftWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cli.demo.ServedDemo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft fetch --links} and {@code --sitemap}, from the command line to the exit code. */
class LinksTest {

    @TempDir
    Path folder;

    private PageServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PageServer().with("/ok", "text/plain", "ok").with("/ok?a=1&b=2", "text/plain", "ok");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Ran fetch(String... arguments) {
        var all = new java.util.ArrayList<>(List.of("fetch", "--format", "ndjson"));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    // ---- files

    @Test
    void markdownFile_itsLinksAreFetched_withAllTheirPlaces() throws Exception {
        var file = file("README.md", """
            # A page

            [one](%1$s/ok#part) and <%1$s/ok> and [gone](%1$s/gone)
            [mail](mailto:a@b) [here](#here)

            `%1$s/code` <img src="%1$s/ok?a=1&amp;b=2">
            [wrong](htp://x/)

            [r]: %1$s/ok
            """.formatted(server.url("")));
        var ran = fetch("--links", file);
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 2L, "failed", 1L, "error", 1L));
        assertThat(ran.result(server.url("/ok"))).containsEntry("from", List.of(file + ":3", file + ":9"));
        assertThat(ran.result(server.url("/ok?a=1&b=2"))).containsEntry("from", List.of(file + ":6"));
        assertThat(ran.result(server.url("/gone")))
                .containsEntry("status", 404L)
                .containsEntry("from", List.of(file + ":3"));
        assertThat(ran.result("htp://x/"))
                .containsEntry("kind", "url")
                .containsEntry("message", "cannot fetch htp: only http and https")
                .containsEntry("from", List.of(file + ":7"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void relativeLinks_areFetchedWithABase() throws Exception {
        var file = file("a.html", "<a href=ok>\n<img src='/ok?a=1&b=2'>\n<a href=../ok>");
        var ran = fetch("--links", file, "--base", server.url("/docs/"));
        assertThat(ran.result(server.url("/docs/ok"))).containsEntry("status", 404L);
        assertThat(ran.result(server.url("/ok?a=1&b=2"))).containsEntry("outcome", "ok");
        assertThat(ran.result(server.url("/ok"))).containsEntry("from", List.of(file + ":3"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void relativeLinks_withoutABase_areToldOf_andTheRestIsFetched() throws Exception {
        var file = file("a.md", "[a](docs/a.md) [b](" + server.url("/ok") + ")\n[c](/c)");
        var ran = fetch("--links", file);
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 1L));
        assertThat(ran.err())
                .isEqualTo(
                        file + ": 2 relative links are not fetched, the first is docs/a.md in line 1: say with --base"
                                + " URL where the page will stand\n");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void onlyRelativeLinks_isWrongUsage_withTheRemedy() throws Exception {
        var ran = fetch("--links", file("a.md", "[a](docs/a.md)"));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("1 relative link is not fetched").contains("--base URL");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void baseOfThePage_goesBeforeTheOptions() throws Exception {
        var own = file("a.html", "<base href='" + server.url("/") + "'><a href=ok>");
        assertThat(fetch("--links", own).outcomes()).isEqualTo(Map.of("ok", 1L));
        assertThat(fetch("--links", own, "--base", server.url("/x/")).outcomes())
                .isEqualTo(Map.of("ok", 1L));
        var relative = file("b.html", "<base href=../><a href=ok>");
        assertThat(fetch("--links", relative, "--base", server.url("/x/y")).outcomes())
                .isEqualTo(Map.of("ok", 1L));
    }

    @Test
    void standardInput_isReadOnce() {
        var ran = weftWith(
                "<!doctype html>\n<a href='" + server.url("/ok") + "'>", "fetch", "--links", "-", "--format", "ndjson");
        assertThat(ran.result(server.url("/ok"))).containsEntry("from", List.of("stdin:2"));
        var sitemap = weftWith(server.url("/ok"), "fetch", "--sitemap", "-", "--format", "ndjson");
        assertThat(sitemap.result(server.url("/ok"))).containsEntry("from", List.of("stdin:1"));
    }

    @Test
    void whatCannotBeRead_isAnErrorOfKindInput_andTheRestIsFetched() throws Exception {
        var good = file("a.md", server.url("/ok"));
        var missing = folder.resolve("missing.md").toString();
        var binary = file("b.md", "\0\0\0");
        var large = folder.resolve("c.md").toString();
        Files.write(Path.of(large), new byte[8 * 1024 * 1024 + 1]);
        var ran = fetch(
                "--links",
                missing,
                "--links",
                folder.toString(),
                "--links",
                binary,
                "--links",
                large,
                "--links",
                good,
                "--links",
                "nul\0name");
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 1L, "error", 5L));
        assertThat(ran.result(missing))
                .containsEntry("kind", "input")
                .containsEntry("message", "there is no such file");
        assertThat(ran.result(folder.toString()).get("message").toString()).contains("is a directory");
        assertThat(ran.result(binary).get("message").toString()).contains("neither HTML nor Markdown");
        assertThat(ran.result(large).get("message").toString()).contains("more than 8.4 MB");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void onlyMissingOrEmptyFiles_areWrongUsage() throws Exception {
        var missing = folder.resolve("missing.md").toString();
        var empty = file("empty.html", "");
        var ran = fetch("--links", missing, "--links", empty, "--sitemap", empty);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--links " + missing + ": there is no such file")
                .contains(empty + ": no links in it")
                .contains(empty + ": no URLs in it");
    }

    @Test
    void longWrongLinks_areShownByTheirBeginning() throws Exception {
        var file = file(
                "a.html", "<a href='htp:" + "x".repeat(100_000) + "'><a href='https://x/" + "y".repeat(20_000) + "'>");
        assertThat(fetch("--links", file).results())
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.get("url").toString()).hasSize(201));
    }

    @Test
    void wrongCharset_isAnErrorWithItsPlace() throws Exception {
        var file = folder.resolve("a.html");
        Files.write(file, "\n<a href='https://x/\u00e9'>".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fetch("--links", file.toString()).results())
                .singleElement()
                .satisfies(result -> assertThat(result)
                        .containsEntry("from", List.of(file + ":2"))
                        .containsEntry(
                                "message", "has bytes that are no text: is it in another charset than it says?"));
    }

    @Test
    void aPageMadeToBeSlow_endsAtTheTimeout() throws Exception {
        var slow = file("a.md", "a <!--".repeat(12_000));
        var ran = fetch("--links", slow, "--timeout", "200ms");
        assertThat(ran.err()).contains(slow + ": is not understood within 200ms");
        // what cannot be interrupted goes on for a while, in a daemon thread
        while (!Weft.abandonedCalls().isEmpty()) {
            Thread.yield();
        }
    }

    // ---- remote pages

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
    void interrupt_whilePagesAreRead_reportsAndLeaves() throws Exception {
        try (var demo = new ServedDemo()) {
            var silent = demo.url("/?silent");
            var out = new ByteArrayOutputStream();
            var io = new Io(
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
            var io = new Io(pipe, out, OutputStream.nullOutputStream(), Map.of(), false, false);
            assertThat(new Program(io).run("fetch", "--links", "-", "--deadline", "700ms", "--format", "ndjson"))
                    .isEqualTo(124);
            assertThat(TinyJson.object(out.toString().lines().findFirst().orElseThrow()))
                    .containsEntry("url", "stdin")
                    .containsEntry("outcome", "cut");
        }
    }

    // ---- sitemaps

    private static String index(String... urls) {
        return java.util.Arrays.stream(urls)
                .map(url -> "<sitemap><loc>" + url + "</loc></sitemap>")
                .collect(Collectors.joining("\n", "<sitemapindex>\n", "</sitemapindex>"));
    }

    private static String urlset(String... urls) {
        return java.util.Arrays.stream(urls)
                .map(url -> "<url><loc>" + url + "</loc></url>")
                .collect(Collectors.joining("\n", "<urlset>\n", "</urlset>"));
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void index_itsSitemapsAreRead_packedOrPlainToo() throws Exception {
        server.with(
                "/index.xml",
                "application/xml",
                index(server.url("/1.xml"), server.url("/2.gz"), server.url("/3.txt")));
        server.with("/1.xml", "text/xml", urlset(server.url("/ok"), "/nonsense", "mailto:a@b"));
        server.with("/2.gz", "application/gzip", gzip(urlset(server.url("/ok?a=1&amp;b=2"))));
        server.with("/3.txt", "text/plain", server.url("/gone") + "\n\n" + server.url("/ok"));
        var ran = fetch("--sitemap", server.url("/index.xml"));
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 2L, "failed", 1L, "error", 2L));
        assertThat(ran.result("/nonsense")).containsEntry("from", List.of(server.url("/1.xml") + ":3"));
        assertThat(ran.result(server.url("/ok")))
                .containsEntry("from", List.of(server.url("/1.xml") + ":2", server.url("/3.txt") + ":3"));
        assertThat(ran.result(server.url("/ok?a=1&b=2"))).containsEntry("from", List.of(server.url("/2.gz") + ":2"));
        assertThat(ran.result(server.url("/gone"))).containsEntry("from", List.of(server.url("/3.txt") + ":1"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void sitemapsThatDoNotCome_areOutcomes_withTheLineThatNamesThem() throws Exception {
        server.with("/page", "text/html", "<!doctype html><p>");
        var file = file("index.xml", index(server.url("/404"), server.url("/page"), "nonsense", server.url("/1.xml")));
        server.with("/1.xml", "text/xml", urlset(server.url("/ok")).replace("</urlset>", ""));
        var ran = fetch("--sitemap", file);
        assertThat(ran.result(server.url("/404")))
                .containsEntry("status", 404L)
                .containsEntry("from", List.of(file + ":2"));
        assertThat(ran.result(server.url("/page")))
                .containsEntry("kind", "input")
                .containsEntry("message", "is no sitemap but a page: --links reads those")
                .containsEntry("from", List.of(file + ":3"));
        assertThat(ran.result("nonsense")).containsEntry("kind", "url").containsEntry("from", List.of(file + ":4"));
        assertThat(ran.result(server.url("/1.xml")).get("message").toString())
                .contains("cannot be read to its end: line 2");
        assertThat(ran.result(server.url("/ok"))).containsEntry("outcome", "ok");
        assertThat(ran.results()).hasSize(5);
    }

    @Test
    void indexes_thatNameEachOther_areReadOnce() {
        server.with("/a", "text/xml", index(server.url("/b"), server.url("/a"), server.url("/b")));
        server.with("/b", "text/xml", index(server.url("/a"), server.url("/c")));
        server.with("/c", "text/xml", urlset(server.url("/ok")));
        assertThat(fetch("--sitemap", server.url("/a"), "--sitemap", server.url("/a"))
                        .outcomes())
                .isEqualTo(Map.of("ok", 1L));
        assertThat(server.requests()).containsExactly("GET /a", "GET /b", "GET /c", "GET /ok");
    }

    @Test
    void indexes_nestedFiftyDeep_endAtTheLimit() {
        for (var i = 0; i < 50; i++) {
            server.with("/" + i, "text/xml", index(server.url("/" + (i + 1))));
        }
        var ran = fetch("--sitemap", server.url("/0"));
        assertThat(ran.results()).singleElement().satisfies(result -> {
            assertThat(result).containsEntry("url", server.url("/5")).containsEntry("kind", "input");
            assertThat(result.get("message").toString()).contains("below 5 others");
        });
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void indexWithTooManySitemaps_saysHowManyAreLeftOut() {
        var urls = IntStream.range(0, 1003).mapToObj(i -> server.url("/" + i)).toArray(String[]::new);
        for (var i = 0; i < 1000; i++) {
            server.with("/" + i, "text/plain", "");
        }
        server.with("/index", "text/xml", index(urls));
        var ran = fetch("--sitemap", server.url("/index"), server.url("/ok"));
        assertThat(ran.result(server.url("/index")).get("message").toString())
                .contains("more sitemaps than the 1000")
                .contains("3 are not read");
        assertThat(ran.outcomes()).isEqualTo(Map.of("ok", 1L, "error", 1L));
    }

    @Test
    void links_beyondTheBudget_areLeftOut_andToldOf() {
        var budget = new LinkBudget(2, 100);
        assertThat(budget.take("a")).isTrue();
        assertThat(budget.take("b")).isTrue();
        assertThat(budget.take("c")).isFalse();
        assertThat(new LinkBudget(10, 3).take("abcd")).isFalse();
        var page = new dev.weft.cli.links.PageLinks(
                null,
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> new dev.weft.cli.links.Link("https://x/" + i, i))
                        .toList());
        var entries = new LinkEntries("a.md", null, new LinkBudget(3, 1000)).add(page);
        assertThat(entries.entries()).hasSize(3);
        assertThat(entries.broken()).contains("more links than one run takes").contains("from line 4 on");
    }
}
