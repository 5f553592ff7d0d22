package dev.weft.cli;

import static dev.weft.cli.Ran.fetch;
import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.Ran.weftWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft fetch --links FILE}, from the command line to the exit code. */
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
        assertThat(ran.places(server.url("/ok"))).containsExactly(file + ":3", file + ":9");
        assertThat(ran.result(server.url("/ok?a=1&b=2"))).containsEntry("from", List.of(file + ":6"));
        assertThat(ran.result(server.url("/gone")))
                .containsEntry("status", 404L)
                .containsEntry("from", List.of(file + ":3"));
        assertThat(ran.result("htp://x/"))
                .containsEntry("kind", "url")
                .containsEntry("message", "cannot fetch htp: only http and https")
                .containsEntry("from", List.of(file + ":7"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.notes()).isEmpty();
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
    void whatAPageSays_doesNotReachTheTerminalAsACommand() throws Exception {
        var file = file("a.html", "<a href='\u001b[2Jx'><a href='htp:\u001b[2J'>");
        var ran = weft("fetch", "--links", file);
        assertThat(ran.err()).contains("1 relative link").doesNotContain("\u001b");
        assertThat(ran.out()).contains("htp:").doesNotContain("\u001b");
    }

    @Test
    void onlyRelativeLinks_areNothingWrong() throws Exception {
        var ran = fetch("--links", file("a.md", "[a](docs/a.md)"));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("1 relative link is not fetched").contains("--base URL");
        assertThat(ran.results()).isEmpty();
        assertThat(ran.summary()).containsEntry("total", 0L);
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
    void onlyMissingFiles_areWrongUsage() {
        var missing = folder.resolve("missing.md").toString();
        var ran = fetch("--links", missing, "--sitemap", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--links " + missing + ": there is no such file")
                .contains("--sitemap " + folder + ": is a directory");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void emptyFiles_areNothingWrong_andAreToldOf() throws Exception {
        var empty = file("empty.html", "");
        var ran = fetch("--links", empty, "--sitemap", empty);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains(empty + ": no links in it").contains(empty + ": no URLs in it");
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
        var slow = file("a.md", "<div>\n\n".repeat(100_000));
        var ran = fetch("--links", slow, "--timeout", "200ms");
        assertThat(ran.err()).contains(slow + ": is not understood within 200ms");
        // what cannot be interrupted goes on for a while, in a daemon thread
        while (!Weft.abandonedCalls().isEmpty()) {
            Thread.yield();
        }
    }
}
