package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.TinyJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weft check}: links from files to files. */
class CheckFilesTest {

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private Ran check(String... arguments) {
        var all = new ArrayList<>(List.of("check", "--no-config", "--offline", "--format", "ndjson"));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    /** What became of the only link in a document beside the others. */
    private Map<String, Object> link(String link) throws IOException {
        var ran = check(file("docs/page.md", "# Page\n\n" + link + "\n").toString());
        assertThat(ran.results()).as(ran.out() + ran.err()).hasSize(1);
        assertThat(ran.exitCode())
                .isEqualTo(ran.results().getFirst().get("outcome").equals("ok") ? 0 : 1);
        return ran.results().getFirst();
    }

    private void others() throws IOException {
        file("README.md", "# The name\n\n## Two words\n\n## Two words\n\n<a id=\"mark\"></a>\n");
        file("docs/other page.md", "Title\n=====\n");
        file("docs/é.md", "# É");
        file("docs/page.html", "<h1 id=Top1>x</h1><a name=old>y</a>");
        file("docs/sub/README.md", "# Sub");
        file("src/Main.java", "1\n2\n3\n");
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve(".git"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](../README.md)",
                "[x](<other page.md>)",
                "[x](other%20page.md)",
                "[x](other%20page.md#title)",
                "[x](é.md) ",
                "[x](%C3%A9.md#%C3%A9)",
                "[x](./sub/../page.html?raw=true)",
                "[x](sub/)",
                "[x](sub)",
                "[x](sub/#sub)",
                "[x](..)",
                "[x](../empty/)",
                "[x](../README.md#two-words-1)",
                "[x](../README.md#mark)",
                "[x](../README.md#user-content-mark)",
                "[x](../README.md#)",
                "[x](../README.md#top)",
                "[x](../README.md#:~:text=name)",
                "[x](../README.md#mark:~:text=name)",
                "[x](#page)",
                "[x](page.html#Top1)",
                "[x](page.html#old)",
                "[x](../src/Main.java#L3)",
                "[x](../src/Main.java#L1-L3)",
                "[x](../README.md?plain=1#L7)",
                "[x](/README.md)",
                "[x](/docs/sub)",
                "[x](/docs/../README.md#mark)",
                "![x](../README.md)",
                "[x][r]\n\n[r]: ../README.md \"a title\"",
                "<a href=\"../README.md\">x</a>",
                "<img src='sub/README.md'>",
                "[x](..\\README.md)",
            })
    void linkToWhatIsThere_isOk(String link) throws Exception {
        others();
        assertThat(link(link)).containsEntry("outcome", "ok").containsEntry("kind", "file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](gone.md) | file | there is no",
                "[x](nofolder/x.md) | file | there is no folder",
                "[x](../readme.md) | file | README.md: the case matters",
                "[x](SUB/README.md) | file | docs/sub: the case matters",
                "[x](page.html/) | file | leave out the slash",
                "[x](sub/page) | file | there is no",
                "[x](../README) | file | README.md",
                "[x](/gone.md) | file | there is no",
                "[x](../README.md#gone) | fragment | there is no #gone",
                "[x](../README.md#Mark) | fragment | #mark: the case matters",
                "[x](../README.md#twowords) | fragment | but #two-words",
                "[x](../README.md#two-words-2) | fragment | there is no #two-words-2",
                "[x](#gone) | fragment | there is no #gone",
                "[x](page.html#top1) | fragment | #Top1: the case matters",
                "[x](sub/#gone) | fragment | README.md",
                "[x](../src/Main.java#L4) | fragment | has 3 lines",
                "![x](gone.png) | file | there is no",
                "[x][r]\n\n[r]: gone.md | file | there is no",
                "<img src=gone.png> | file | there is no",
            })
    void linkToWhatIsNotThere_isFailed_andSaysWhatIsMeant(String row) throws Exception {
        others();
        var parts = row.split(" \\| ");
        var found = link(parts[0]);
        assertThat(found).containsEntry("outcome", "failed").containsEntry("kind", parts[1]);
        assertThat((String) found.get("message")).contains(parts[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](htp://a/) | only http and https",
                "[x](file://server/share/x.md) | another machine",
                "[x](a%00b) | not the name of a file",
            })
    void linkThatIsNone_isAnError_ofKindUrl(String row) throws Exception {
        var parts = row.split(" \\| ");
        // http is asked for only online
        var ran = weft(
                "check",
                "--no-config",
                "--format",
                "ndjson",
                file("docs/page.md", parts[0]).toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.results().getFirst()).containsEntry("outcome", "error").containsEntry("kind", "url");
        assertThat((String) ran.results().getFirst().get("message")).contains(parts[1]);
    }

    @Test
    void fileUrl_isLookedUp() throws Exception {
        others();
        assertThat(link("[x](" + folder.resolve("README.md").toUri() + "#mark)"))
                .containsEntry("outcome", "ok");
        assertThat(link("[x](" + folder.resolve("gone.md").toUri() + ")")).containsEntry("outcome", "failed");
    }

    @Test
    void codeAndCommentsHoldNoLinks_andMailIsSkipped() throws Exception {
        var page = file("page.md", """
            # Page

            `[x](gone.md)` <!-- [x](gone.md) --> [m](mailto:a@b) [t](tel:1) [here](#page)

            ```
            [x](gone.md)
            ```

                [x](gone.md)
            """);
        var ran = check(page.toString());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.summary()).containsEntry("total", 1L).containsEntry("skipped", 2L);
    }

    @Test
    void rootOption_isWhatASlashMeans_andElseTheGitRoot_orTheGivenFolder() throws Exception {
        var page = file("a/b/page.md", "[x](/x.md)");
        file("a/x.md", "x");
        assertThat(check(folder.resolve("a").toString()).exitCode()).isZero();
        assertThat(check(page.toString()).exitCode())
                .as("the file's own folder")
                .isEqualTo(1);
        assertThat(check("--root", folder.resolve("a").toString(), page.toString())
                        .exitCode())
                .isZero();
        Files.createDirectories(folder.resolve("a/.git"));
        assertThat(check(page.toString()).exitCode()).isZero();
    }

    @Test
    void baseInHtml_isRespected() throws Exception {
        file("sub/there.html", "x");
        var page = file("page.html", "<base href='sub/'><a href='there.html'>x</a><a href='page.html'>y</a>");
        var ran = check(page.toString());
        assertThat(ran.results().stream().map(result -> result.get("outcome"))).containsExactly("ok", "failed");
    }

    @Test
    void baseInHtml_isMeantByALinkWithoutAPath() throws Exception {
        file("sub/README.md", "# There");
        var page = file(
                "page.html",
                "<base href='sub/'><p id=here><a href='?q'>a</a><a href=''>b</a><a href='#there'>c</a><a"
                        + " href='#here'>d</a>");
        var ran = check(page.toString());
        assertThat(ran.results().stream().map(result -> result.get("outcome")))
                .containsExactly("ok", "ok", "ok", "failed");
    }

    @Test
    void pageThatForwardsAtOnce_hasEveryPlace_andAnotherHasItsOwn() throws Exception {
        file("new.html", "<p id=here>");
        file("old.html", "<meta http-equiv=refresh content='0; url=new.html'><script>go(location.hash)</script>");
        file("later.html", "<meta http-equiv=refresh content='10; url=new.html'>");
        file("again.html", "<meta http-equiv=refresh content=0>");
        file("script.html", "<head><noscript><meta http-equiv=refresh content='0; url=new.html'></noscript></head>");
        var page = file(
                "page.md", "[a](old.html#x) [b](new.html#x) [c](later.html#x) [d](again.html#x) [e](script.html#x)");
        assertThat(check(page.toString()).results())
                .extracting(result -> result.get("outcome"))
                .containsExactly("ok", "failed", "failed", "failed", "failed");
    }

    @Test
    void everyPlaceIsReported_withLineAndColumn_andGroupedByFileAtTheEnd() throws Exception {
        var one = file("one.md", "[a](gone.md)\n\ntext [b](gone.md) [c](two.md)\n");
        var two = file("two.md", "[d](gone.md)\n");
        var ran = weft("check", "--no-config", "--offline", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        var lines = ran.out().lines().toList();
        assertThat(lines.subList(0, 4).stream().map(line -> line.split(" +")[0]))
                .containsExactly("failed", "failed", "ok", "failed");
        var end = lines.subList(4, lines.size());
        assertThat(end.stream().filter(line -> !line.isEmpty()).map(line -> line.replaceAll(" +", " ")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("In " + one + ":"),
                        line -> assertThat(line).startsWith("failed file " + one + ":1:1 gone.md"),
                        line -> assertThat(line).startsWith("failed file " + one + ":3:6 gone.md"),
                        line -> assertThat(line).isEqualTo("In " + two + ":"),
                        line -> assertThat(line).startsWith("failed file " + two + ":1:1 gone.md"));
        assertThat(ran.err()).contains("4 links in 2 documents", "1 ok, 3 failed");
    }

    @Test
    void quiet_showsOnlyWhatIsNotOk() throws Exception {
        file("one.md", "[a](gone.md) [c](two.md)\n");
        file("two.md", "[d](one.md)\n");
        assertThat(weft("check", "--no-config", "--offline", "-q", folder.toString())
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("ok")))
                .isEmpty();
        assertThat(check("-q", folder.toString()).results()).hasSize(1);
        file("one.md", "[c](two.md)\n");
        assertThat(weft("check", "--no-config", "--offline", "-q", folder.toString())
                        .out())
                .isEmpty();
    }

    @Test
    void fragmentsNone_looksOnlyForFiles() throws Exception {
        file("one.md", "[a](two.md#gone)\n");
        file("two.md", "x\n");
        assertThat(check("--fragments", "none", folder.toString()).exitCode()).isZero();
        assertThat(check(folder.toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void patterns_leaveLinksOut() throws Exception {
        file("one.md", "[a](gone.md) [b](two.md) [c](old/x.md)\n");
        file("two.md", "x\n");
        var patterns = file("patterns", "# old ones\n\n^old/\n");
        var ran = check("--exclude", "gone\\.md$", "--exclude-file", patterns.toString(), folder.toString());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.summary()).containsEntry("total", 1L).containsEntry("skipped", 2L);
        assertThat(check("--include", "two", folder.toString()).summary())
                .containsEntry("total", 1L)
                .containsEntry("skipped", 2L);
    }

    @Test
    void linksToDocumentsThatCannotBeRead_areErrors_whereAPlaceInThemIsNamed() throws Exception {
        Files.write(folder.resolve("large.md"), new byte[9 * 1024 * 1024]);
        var page = file("page.md", "[a](large.md#x) [b](large.md)");
        var ran = check(page.toString());
        assertThat(ran.results().stream().map(result -> result.get("outcome"))).containsExactly("error", "ok");
        assertThat((String) ran.results().getFirst().get("message")).contains("cannot be searched", "8.4 MB");
    }

    @Test
    void ndjson_isReadAgain() throws Exception {
        var page = file("page.md", "[\"a\"](gone\\\"x.md)");
        var ran = check(page.toString());
        assertThat(ran.out().getBytes(UTF_8)).isNotEmpty();
        var first = TinyJson.object(ran.out().lines().findFirst().orElseThrow());
        assertThat(first)
                .containsEntry("type", "result")
                .containsEntry("document", page.toString())
                .containsEntry("line", 1L)
                .containsEntry("column", 1L)
                .containsEntry("link", "gone\"x.md");
        assertThat(Stream.of("total", "ok", "failed", "skipped", "documents", "urls", "cached", "elapsed_ms"))
                .allMatch(ran.summary()::containsKey);
    }
}
