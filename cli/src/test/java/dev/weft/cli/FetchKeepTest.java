package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.keep.FileNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --output}, {@code --resume}, {@code --max-bytes}, {@code --accept}, {@code --fail-on}. */
class FetchKeepTest {

    @TempDir
    Path temp;

    private Path folder;
    private String journal;
    private ScriptedServer server;

    @BeforeEach
    void open() throws IOException {
        folder = temp.resolve("out");
        journal = temp.resolve("journal").toString();
        server = new ScriptedServer(r -> switch (r.target()) {
            case "/busy" -> answer(503, "");
            case "/missing" -> answer(404, "there is no such page");
            case "/moved" -> answer(302, "elsewhere", "Location: /a");
            case "/short" -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nonly this";
            case "/endless" -> "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(100_000);
            case "/failed" -> answer(404, "x".repeat(1_000_000));
            case "/silent" -> null;
            default -> answer(200, "the body of " + r.target());
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Path file(String target) {
        return folder.resolve(FileNames.of(URI.create(server.url(target))));
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    // ---- --output

    @Test
    void output_keepsWhatIsOk_andSaysWhere() throws Exception {
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "-o",
                folder.toString(),
                server.url("/a"),
                server.url("/b.html?x=1"),
                server.url("/moved"),
                server.url("/missing"),
                server.url("/short"));
        assertThat(file("/a")).hasContent("the body of /a");
        assertThat(file("/b.html?x=1")).hasContent("the body of /b.html?x=1");
        assertThat(file("/moved")).as("by the URL that was asked for").hasContent("the body of /a");
        assertThat(files())
                .as("nothing of what is not ok, and nothing unfinished")
                .hasSize(3);
        assertThat(ran.result(server.url("/a")))
                .containsEntry("file", file("/a").toString());
        assertThat(ran.result(server.url("/missing"))).doesNotContainKey("file");
        assertThat(ran.result(server.url("/short"))).containsEntry("kind", "io").doesNotContainKey("file");
    }

    @Test
    void output_takesThePlaceOfNothingThatIsRead() throws Exception {
        var list = file("/list");
        var link = temp.resolve("link");
        Files.createDirectories(list.getParent());
        Files.writeString(list, server.url("/list") + "\n" + server.url("/a") + "\n");
        Files.createSymbolicLink(link, list);
        var content = Files.readString(list);
        for (var name : List.of(list, link)) {
            var ran = weft("fetch", "--format", "ndjson", "-i", name.toString(), "-o", folder.toString());
            assertThat(ran.result(server.url("/list")))
                    .containsEntry("outcome", "error")
                    .containsEntry("kind", "file")
                    .containsEntry("message", "cannot write " + list + ": this run reads or writes that file too");
            assertThat(ran.result(server.url("/a"))).containsEntry("outcome", "ok");
            assertThat(list).hasContent(content);
        }
        weft("fetch", "-o", folder.toString(), server.url("/list"));
        assertThat(list).as("where nothing reads it").hasContent("the body of /list");
    }

    @Test
    void output_takesThePlaceOfNoJournal_andOfNoTimeline() throws Exception {
        Files.createDirectories(file("/j").getParent());
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "--resume",
                file("/j").toString(),
                "--timeline",
                file("/t").toString(),
                "-o",
                folder.toString(),
                server.url("/j"),
                server.url("/t"));
        assertThat(ran.results()).extracting(result -> result.get("kind")).containsExactly("file", "file");
        assertThat(file("/t")).content().contains("<html");
    }

    @Test
    void output_ofWhatIsCut_isNotThere() throws Exception {
        assertThat(weft(
                                "fetch",
                                "-o",
                                folder.toString(),
                                "--deadline",
                                "1500ms",
                                server.url("/silent"),
                                server.url("/a"))
                        .exitCode())
                .isEqualTo(124);
        assertThat(files()).containsExactly(file("/a"));
    }

    @Test
    void output_thatCannotBeWritten_isAnErrorOfThatUrlAlone() throws Exception {
        Files.createDirectories(file("/a").resolve("in the way"));
        var ran = weft("fetch", "--format", "ndjson", "-o", folder.toString(), server.url("/a"), server.url("/b"));
        assertThat(ran.result(server.url("/a")))
                .containsEntry("outcome", "error")
                .containsEntry("kind", "file");
        assertThat(ran.result(server.url("/a")).get("message").toString()).contains("cannot write " + file("/a"));
        assertThat(ran.result(server.url("/b"))).containsEntry("outcome", "ok");
        assertThat(file("/b")).hasContent("the body of /b");
    }

    // ---- --resume

    @Test
    void resume_fetchesExactlyTheRest_andReportsAll() throws Exception {
        var first = weft(
                "fetch",
                "--format",
                "ndjson",
                "--resume",
                journal,
                "--deadline",
                "1500ms",
                server.url("/a"),
                server.url("/missing"),
                server.url("/silent"),
                server.url("/short"));
        assertThat(first.outcomes()).isEqualTo(Map.of("ok", 1L, "failed", 1L, "cut", 1L, "error", 1L));
        var before = server.requests().size();
        var second = weft(
                "fetch",
                "--format",
                "ndjson",
                "--resume",
                journal,
                "--deadline",
                "1500ms",
                server.url("/a"),
                server.url("/missing"),
                server.url("/silent"),
                server.url("/short"),
                server.url("/new"));
        assertThat(server.requests().stream().skip(before).map(ScriptedServer.Request::target))
                .containsExactlyInAnyOrder("/silent", "/short", "/new");
        assertThat(second.outcomes()).isEqualTo(Map.of("ok", 2L, "failed", 1L, "cut", 1L, "error", 1L));
        assertThat(second.result(server.url("/a")))
                .containsEntry("resumed", true)
                .containsEntry("status", 200L)
                .containsEntry("bytes", 14L);
        assertThat(second.result(server.url("/new"))).doesNotContainKey("resumed");
        assertThat(second.summary()).containsEntry("total", 5L);
    }

    @Test
    void resume_withOutput_fetchesWhatIsNotThere() throws Exception {
        String[] arguments = {
            "fetch",
            "--format",
            "ndjson",
            "--resume",
            journal,
            "-o",
            folder.toString(),
            server.url("/a"),
            server.url("/b")
        };
        weft(arguments);
        Files.delete(file("/a"));
        var ran = weft(arguments);
        assertThat(file("/a")).hasContent("the body of /a");
        assertThat(ran.result(server.url("/a"))).doesNotContainKey("resumed");
        assertThat(ran.result(server.url("/b")))
                .containsEntry("resumed", true)
                .containsEntry("file", file("/b").toString());
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void resume_asksAgainWhereTheAnswerMayPass() {
        weft("fetch", "--resume", journal, server.url("/busy"));
        assertThat(weft("fetch", "--format", "ndjson", "--resume", journal, server.url("/busy"))
                        .result(server.url("/busy")))
                .doesNotContainKey("resumed");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void resume_judgesByWhatIsAcceptedNow() {
        weft("fetch", "--resume", journal, server.url("/missing"));
        var ran = weft("fetch", "--format", "ndjson", "--resume", journal, "--accept", "404", server.url("/missing"));
        assertThat(ran.result(server.url("/missing")))
                .containsEntry("outcome", "ok")
                .containsEntry("resumed", true);
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void resume_ofAllThatIsDone_fetchesNothing() {
        weft("fetch", "--resume", journal, server.url("/a"));
        var ran = weft("fetch", "--resume", journal, server.url("/a"));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("ok ").contains("fetched by an earlier run");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void resume_withOtherData_isRefused_andTheDataIsInNoJournal() throws Exception {
        weft("fetch", "--resume", journal, "--data", "s3cret", server.url("/a"));
        assertThat(Path.of(journal)).content().startsWith("{\"journal\"").doesNotContain("s3cret");
        for (var other : new String[] {"--data=more", "--method=POST"}) {
            var ran = weft("fetch", "--resume", journal, other, server.url("/a"));
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("--resume " + journal + ": it is of a run with other --data: give another file");
        }
        assertThat(weft("fetch", "--resume", journal, "--data", "s3cret", server.url("/a"))
                        .err())
                .doesNotContain("another file");
    }

    @Test
    void resume_withLinesThatSayNothing_saysHowMany() throws Exception {
        weft("fetch", "--resume", journal, server.url("/a"));
        Files.writeString(Path.of(journal), "nonsense\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(weft("fetch", "--resume", journal, server.url("/a")).err())
                .contains("--resume " + journal + ": 1 lines cannot be read");
    }

    // ---- --max-bytes, --accept, --fail-on

    @Test
    void maxBytes_isKept_whetherTheLengthIsAnnouncedOrNot() {
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "--max-bytes",
                "20kB",
                "-o",
                folder.toString(),
                server.url("/endless"),
                server.url("/short"),
                server.url("/a"));
        assertThat(ran.result(server.url("/endless")))
                .containsEntry("kind", "size")
                .containsEntry("message", "longer than 20.0 kB (--max-bytes)");
        assertThat(ran.result(server.url("/a"))).containsEntry("outcome", "ok");
        assertThat(weft("fetch", "--format", "ndjson", "--max-bytes", "50", server.url("/short"))
                        .result(server.url("/short")))
                .containsEntry("message", "100 B announced, more than 50 B (--max-bytes)");
    }

    @Test
    void bodyOfAFailure_doesNotMatter_howeverLongItIs() {
        assertThat(weft("fetch", "--format", "ndjson", "--max-bytes", "10", server.url("/failed"))
                        .result(server.url("/failed")))
                .containsEntry("outcome", "failed")
                .containsEntry("status", 404L);
    }

    @Test
    void accept_saysWhatIsOk() {
        var ran = weft(
                "fetch",
                "--format",
                "ndjson",
                "--accept",
                "404",
                "--max-redirects",
                "0",
                server.url("/missing"),
                server.url("/a"),
                server.url("/moved"));
        assertThat(ran.result(server.url("/missing"))).containsEntry("outcome", "ok");
        assertThat(ran.result(server.url("/a")))
                .containsEntry("outcome", "failed")
                .containsEntry("status", 200L);
        assertThat(ran.result(server.url("/moved")))
                .containsEntry("status", 302L)
                .doesNotContainKey("final_url");
    }

    @Test
    void failOn_saysWhatMakesTheExit1() {
        assertThat(weft("fetch", "--fail-on", "error,timeout", server.url("/missing"))
                        .exitCode())
                .isZero();
        assertThat(weft("fetch", "--fail-on", "failed", server.url("/missing")).exitCode())
                .isEqualTo(1);
        assertThat(weft("fetch", "--fail-on", "none", server.url("/missing"), server.url("/short"))
                        .exitCode())
                .isZero();
        assertThat(weft("fetch", "--fail-on", "none", "--deadline", "1s", server.url("/silent"))
                        .exitCode())
                .as("the deadline is told in any case")
                .isEqualTo(124);
    }

    @Test
    void redirects_areLimited_andAllShown() throws Exception {
        try (var maze = new ScriptedServer(r -> {
            var step = Integer.parseInt(r.target().substring(1));
            return step == 3 ? answer(200, "") : answer(302, "", "Location: /" + (step + 1));
        })) {
            assertThat(weft("fetch", "--format", "ndjson", maze.url("/0")).result(maze.url("/0")))
                    .containsEntry("redirects", List.of(maze.url("/1"), maze.url("/2"), maze.url("/3")))
                    .containsEntry("final_url", maze.url("/3"));
            assertThat(weft("fetch", maze.url("/0")).out()).contains("3 times redirected to " + maze.url("/3"));
            assertThat(weft("fetch", "--format", "ndjson", "--max-redirects", "2", maze.url("/0"))
                            .result(maze.url("/0")))
                    .containsEntry("kind", "redirect")
                    .containsEntry("message", "more than 2 redirects (--max-redirects)");
        }
    }
}
