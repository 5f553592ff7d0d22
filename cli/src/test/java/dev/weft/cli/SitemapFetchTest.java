package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.input.LinkBudget;
import dev.weft.cli.input.LinkEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft fetch --sitemap}, from the command line to the exit code. */
class SitemapFetchTest {

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
        assertThat(ran.places(server.url("/ok")))
                .containsExactly(server.url("/1.xml") + ":2", server.url("/3.txt") + ":3");
        assertThat(ran.result(server.url("/ok?a=1&b=2"))).containsEntry("from", List.of(server.url("/2.gz") + ":2"));
        assertThat(ran.result(server.url("/gone"))).containsEntry("from", List.of(server.url("/3.txt") + ":1"));
        assertThat(ran.notes()).isEmpty();
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
