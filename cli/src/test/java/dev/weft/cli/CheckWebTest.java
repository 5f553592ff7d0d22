package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft check}: links to the web, from files and from pages. */
class CheckWebTest {

    @TempDir
    Path folder;

    private PageServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PageServer()
                .with("/ok", "text/plain", "ok")
                .with("/page", "text/html", "<h1 id=here>x</h1><a name=old></a><b id=user-content-git></b>")
                .with("/guide.md", "text/markdown", "# The guide\n")
                .with("/file.pdf", "application/pdf", "%PDF")
                .withRedirect("/moved", "/page");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace("@", server.url("")))
                .toString();
    }

    private static Ran check(String... arguments) {
        var all = new ArrayList<>(List.of("check", "--no-config", "--format", "ndjson"));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    private List<String> requests() {
        return StreamSupport.stream(server.requests().spliterator(), false)
                .sorted()
                .toList();
    }

    private static List<String> outcomes(Ran ran) {
        return ran.results().stream()
                .map(result -> result.get("line") + " "
                        + result.get("link").toString().replaceFirst(".*:\\d+/", "/")
                        + " "
                        + result.get("outcome")
                        + (result.containsKey("status") ? " " + result.get("status") : " " + result.get("kind")))
                .sorted()
                .toList();
    }

    @Test
    void eachUrlIsAskedForOnce_andEachPlaceIsReported() throws Exception {
        var one = file("one.md", "[a](@/ok) [b](@/gone)\n\n<@/ok>\n[c](@/ok#x) @/moved\n");
        var two = file("two.md", "[a](@/gone)\n");
        var ran = check(one, two);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(outcomes(ran))
                .containsExactly(
                        "1 /gone failed 404",
                        "1 /gone failed 404",
                        "1 /ok ok 200",
                        "3 /ok ok 200",
                        "4 /moved ok 200",
                        "4 /ok#x ok 200");
        assertThat(requests()).containsExactly("GET /gone", "HEAD /gone", "HEAD /moved", "HEAD /ok", "HEAD /page");
        assertThat(ran.summary()).containsEntry("urls", 3L).containsEntry("total", 6L);
        assertThat(ran.out()).contains("redirected to " + server.url("/page"));
    }

    @Test
    void fragmentsAll_looksIntoPages() throws Exception {
        var page = file("page.md", """
            [1](@/page#here)
            [2](@/page#old)
            [3](@/page#gone)
            [4](@/page#git)
            [5](@/moved#here)
            [6](@/guide.md#the-guide)
            [7](@/guide.md#no-guide)
            [8](@/file.pdf#page=3)
            [9](@/page)
            [10](@/page#top)
            """);
        assertThat(check(page).exitCode()).as("not by default").isZero();
        var ran = check("--fragments", "all", page);
        assertThat(ran.results().stream()
                        .filter(result -> !result.get("outcome").equals("ok"))
                        .map(result -> result.get("line") + " " + result.get("kind") + " " + result.get("message")))
                .containsExactlyInAnyOrder(
                        "3 fragment there is no #gone in " + server.url("/page"),
                        "7 fragment there is no #no-guide in " + server.url("/guide.md"));
        assertThat(requests().stream().filter("GET /page"::equals))
                .as("also once, after its redirect")
                .hasSize(2);
    }

    @Test
    void page_itsLinksAreChecked_butNotFollowed() throws Exception {
        server.with("/index.html", "text/html", "<a href=page#here>a</a><a href='/gone'>b</a><a href=#no>c</a>")
                .with("/page", "text/html", "<a href=deeper>x</a>");
        var ran = check(server.url("/index.html"));
        assertThat(outcomes(ran))
                .containsExactly("1 #no ok 200", "1 /gone failed 404", "1 page#here ok 200", "null /index.html ok 200");
        assertThat(requests()).doesNotContain("HEAD /deeper", "GET /deeper");
        assertThat(ran.results())
                .anySatisfy(result -> assertThat(result)
                        .containsEntry("document", server.url("/index.html"))
                        .containsEntry("column", 27L));
    }

    @Test
    void recurse_followsTheSite_asFarAsTheDepth() throws Exception {
        try (var other = new PageServer().with("/x", "text/html", "<a href=beyond>x</a>")) {
            server.with("/0", "text/html", "<a href=1>x</a> <a href='" + other.url("/x") + "'>y</a>")
                    .with("/1", "text/html", "<a href=2>x</a> <a href=0>back</a>")
                    .with("/2", "text/html", "<a href=3>x</a>")
                    .with("/3", "text/html", "<a href=4>x</a>");
            var ran = check("--recurse", "--depth", "2", server.url("/0"));
            assertThat(ran.exitCode()).isZero();
            assertThat(requests()).containsExactly("GET /0", "GET /1", "GET /2", "HEAD /3");
            assertThat(other.requests()).containsExactly("HEAD /x");
            assertThat(ran.summary()).containsEntry("documents", 3L).containsEntry("urls", 5L);
            var all = check("--recurse", server.url("/0"));
            assertThat(all.exitCode()).isEqualTo(1);
            assertThat(all.out()).contains("\"link\":\"4\",\"outcome\":\"failed\",\"status\":404");
        }
    }

    @Test
    void fileThatLinksToASite_isNotASiteToFollow() throws Exception {
        server.with("/0", "text/html", "<a href=gone>x</a>");
        assertThat(check("--recurse", file("page.md", "[a](@/0)")).exitCode()).isZero();
    }

    @Test
    void pageOfASite_isFollowed_alsoIfAFileHasLinkedToItBefore() throws Exception {
        server.with("/0", "text/html", "<a href=a>x</a>")
                .with("/a", "text/html", "<a href=1>x</a>")
                .with("/1", "text/html", "<a href=gone>x</a>");
        var ran = check("--recurse", file("page.md", "[a](@/1)"), server.url("/0"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("\"link\":\"gone\",\"outcome\":\"failed\"");
    }

    @Test
    void patternsHold_forTheWebToo() throws Exception {
        var page = file("page.md", "[a](@/gone) [b](@/ok)");
        var ran = check("--exclude", "/gone$", page);
        assertThat(ran.exitCode()).isZero();
        assertThat(requests()).containsExactly("HEAD /ok");
        assertThat(ran.summary()).containsEntry("skipped", 1L);
    }

    @Test
    void refusedConnection_isAnError_andAcceptAndFailOnHold() throws Exception {
        var closed = new PageServer();
        var gone = closed.url("/");
        closed.close();
        var page = file("page.md", "[a](" + gone + ") [b](@/gone)");
        var ran = check(page);
        assertThat(outcomes(ran)).containsExactly("1 / error connect", "1 /gone failed 404");
        assertThat(check("--accept", "2xx,404", "--fail-on", "failed", page).exitCode())
                .isZero();
    }

    @Test
    void deadline_cutsWhatIsUnderWay_andNamesWhatWasNotBegun() throws Exception {
        try (var silent = new ScriptedServer(_ -> null)) {
            var page = file(
                    "page.md",
                    "[a](" + silent.url("/1") + ") [b](" + silent.url("/2") + ")\n[c](" + silent.url("/1#x")
                            + ") [d](gone.md)");
            var ran = check("--deadline", "1500ms", "--per-host", "1", page);
            assertThat(ran.exitCode()).isEqualTo(124);
            assertThat(outcomes(ran))
                    .containsExactly(
                            "1 /1 cut answer", "1 /2 unstarted -", "2 /1#x cut answer", "2 gone.md failed file");
        }
    }

    @Test
    void runThatIsStopped_reportsWhatThereIs() throws Exception {
        var me = Thread.currentThread();
        try (var silent = new ScriptedServer(_ -> {
            me.interrupt(); // as Ctrl-C does
            return null;
        })) {
            var page = file("page.md", "[a](" + silent.url("/1") + ") [b](gone.md)");
            var ran = check(page);
            assertThat(ran.exitCode()).isEqualTo(130);
            assertThat(outcomes(ran)).containsExactly("1 /1 cut answer", "1 gone.md failed file");
            assertThat(ran.summary()).containsEntry("stopped_by", "SIGINT");
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void retriesAndTimeout_holdHereToo() throws Exception {
        try (var flaky = new ScriptedServer(request -> ScriptedServer.answer(request.number() <= 2 ? 503 : 200, ""))) {
            var page = file("page.md", "[a](" + flaky.url("/x") + ")");
            assertThat(check("--retries", "3", "--retry-wait", "1ms", page).exitCode())
                    .isZero();
        }
    }

    @Test
    void credentials_areSentOnlyToServersThatWereNamed() throws Exception {
        try (var other = new PageServer().with("/x", "text/html", "x")) {
            server.with("/index.html", "text/html", "<a href=ok>a</a><a href='" + other.url("/x") + "'>b</a>");
            assertThat(check("-H", "Authorization: secret", server.url("/index.html"))
                            .exitCode())
                    .isZero();
            assertThat(requests()).containsExactly("GET /index.html secret", "HEAD /ok secret");
            assertThat(other.requests()).containsExactly("HEAD /x");
        }
    }

    @Test
    void passwordOfALink_isNotShown() throws Exception {
        var page = Files.writeString(folder.resolve("page.md"), "[a](http://me:geheim@127.0.0.1:1/)")
                .toString();
        var ran = weft("check", "--no-config", page);
        assertThat(ran.out() + ran.err()).doesNotContain("geheim").contains("127.0.0.1:1");
    }

    @Test
    void sameUrlWithAndWithoutAPlace_isReadAgainOnlyIfItMust() throws Exception {
        server.with("/a", "text/html", "<a href=page>x</a>").with("/b", "text/html", "<a href=page#gone>x</a>");
        server.with("/0", "text/html", "<a href=a>x</a><a href=page>y</a><a href=b>z</a>");
        var ran = check("--recurse", "--fragments", "all", server.url("/0"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(requests()).containsExactly("GET /0", "GET /a", "GET /b", "GET /page");
        assertThat(ran.out().getBytes(UTF_8)).isNotEmpty();
        assertThat(ran.out()).contains("there is no #gone");
    }
}
