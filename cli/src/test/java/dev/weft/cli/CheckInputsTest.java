package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weft check}: which documents it reads, and inputs that are not what they should be. */
class CheckInputsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (var name : List.of(
                "README.md",
                "docs/a.markdown",
                "docs/b.HTML",
                "docs/deep/c.htm",
                "docs/deep/d.md",
                "docs/.hidden/e.md",
                "node_modules/f.md",
                "target/g.md",
                "docs/h.txt")) {
            file(name, name.endsWith(".md") || name.endsWith("txt") ? "[x](gone)" : "<a href=gone>x</a>");
        }
    }

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

    private String in(String name) {
        return folder + "/" + name;
    }

    private List<String> documents(Ran ran) {
        return ran.results().stream()
                .map(result -> folder.relativize(Path.of((String) result.get("document")))
                        .toString())
                .toList();
    }

    @Test
    void folder_isReadWithAllBelowIt_butForWhatIsHiddenOrBuilt() {
        assertThat(documents(check(folder.toString())))
                .containsExactlyInAnyOrder(
                        "README.md", "docs/a.markdown", "docs/b.HTML", "docs/deep/c.htm", "docs/deep/d.md");
    }

    @Test
    void whatIsNamed_isRead_whateverItIsCalled() {
        assertThat(documents(check(in("docs/.hidden"), in("node_modules"), in("target/"), in("docs/h.txt"))))
                .containsExactly("docs/.hidden/e.md", "node_modules/f.md", "target/g.md", "docs/h.txt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.md | README.md",
                "**/*.md | README.md docs/deep/d.md",
                "docs/**/*.md | docs/deep/d.md",
                "docs/**/*.{md,htm} | docs/deep/c.htm docs/deep/d.md",
                "docs/?.txt | docs/h.txt",
                "docs/[a-b].* | docs/a.markdown docs/b.HTML",
                "docs/[!b].m* | docs/a.markdown",
                "doc*/deep/** | docs/deep/c.htm docs/deep/d.md",
                "docs/.hidden/*.md | docs/.hidden/e.md",
            })
    void pattern_isExpanded(String pattern, String found) {
        assertThat(documents(check(in(pattern)))).containsExactly(found.split(" "));
    }

    @Test
    void documentThatIsNamedTwice_isReadOnce() {
        assertThat(documents(check(in("README.md"), in("*.md"), in("docs/../README.md"))))
                .containsExactly("README.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.md | there is no such file or folder",
                "empty | has no file that ends with .md",
                "docs/*.adoc | no file has such a name",
                "nofolder/*.md | there is no folder",
                "docs/[a.md | a [ has no ]",
                "docs/{a.md | a { has no }",
            })
    void nothingToRead_isWrongUsage_andAnErrorBesideOthers(String name, String why) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        var alone = check(in(name));
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.out()).isEmpty();
        assertThat(alone.err()).contains(name, why, "no document could be read");

        file("good.md", "[x](README.md)");
        var beside = check(in(name), in("good.md"));
        assertThat(beside.exitCode()).isEqualTo(1);
        assertThat(beside.results().getFirst())
                .containsEntry("outcome", "error")
                .containsEntry("kind", "input")
                .doesNotContainKey("line");
        assertThat((String) beside.results().getFirst().get("message")).contains(why);
    }

    @Test
    void unreadableFile_isAnError() throws Exception {
        var secret = file("docs/deep/d.md", "x");
        Files.setPosixFilePermissions(secret, java.util.Set.of());
        assumeFalse(Files.isReadable(secret), "this user may read everything");
        assertThat(check(folder.toString()).results())
                .anySatisfy(result -> assertThat((String) result.get("message")).contains("no permission"));
    }

    @Test
    void binaryFile_isAnError() throws Exception {
        Files.write(folder.resolve("docs/h.txt"), new byte[] {'P', 'K', 0, 0, 1});
        assertThat(check(in("docs/h.txt"), in("README.md")).results().getFirst())
                .containsEntry("kind", "input")
                .containsEntry("message", "is no text: it is neither HTML nor Markdown");
    }

    @Test
    void fileThatIsNotUtf8_isRead_andThatIsSaid() throws Exception {
        Files.write(folder.resolve("latin.md"), "# é\n[x](README.md)".getBytes(StandardCharsets.ISO_8859_1));
        var ran = check(in("latin.md"));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("latin.md: is not in UTF-8");
        Files.write(folder.resolve("utf16.md"), "\ufeff# é\n[x](README.md#gone)".getBytes(StandardCharsets.UTF_16LE));
        var marked = check(in("utf16.md"));
        assertThat(marked.results()).hasSize(1);
        assertThat(marked.err()).doesNotContain("UTF-8");
    }

    @Test
    void hugeFile_isAnError_andNotRead() throws Exception {
        try (var huge = new RandomAccessFile(folder.resolve("huge.md").toFile(), "rw")) {
            huge.setLength(100L * 1024 * 1024);
        }
        var ran = check(in("huge.md"), in("README.md"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.results().getFirst())
                .containsEntry("kind", "input")
                .containsEntry("message", "has more than 8.4 MB: not read");
    }

    @Test
    void linksInCircles_areNotFollowed_andALinkToAFileIsRead() throws Exception {
        Files.createSymbolicLink(folder.resolve("docs/up"), folder);
        Files.createSymbolicLink(folder.resolve("docs/self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("docs/link.md"), Path.of("../README.md"));
        Files.createSymbolicLink(folder.resolve("docs/dangling.md"), Path.of("nowhere.md"));
        assertThat(documents(check(in("docs"))))
                .containsExactly("docs/a.markdown", "docs/b.HTML", "docs/deep/c.htm", "docs/deep/d.md", "docs/link.md");
        assertThat(check(in("docs/self")).err()).contains("there is no such file");
    }

    @Test
    void runInWhichNothingIsLookedAt_isNoSuccess() throws Exception {
        file("plain.md", "no links\n");
        var none = check(in("plain.md"));
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("nothing was looked at: there is no link in the documents");
        file("web.md", "[a](https://a.example/) [b](mailto:x@y) [c](c.md)\n");
        var left = check(in("web.md"), "--exclude", "c.md");
        assertThat(left.exitCode()).isEqualTo(2);
        assertThat(left.err())
                .contains("1 by --offline, 1 by --exclude or --include, 1 to mail addresses and the like");
        assertThat(weft("check", "--no-config").err()).contains("which documents?");
        assertThat(weft("check", "--no-config").exitCode()).isEqualTo(2);
    }

    @Test
    void deadlineWhileDocumentsAreRead_isSaid() {
        var ran = check("--deadline", "1ms", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(124);
        assertThat(ran.summary()).containsEntry("deadline_hit", true).containsEntry("total", 0L);
    }

    @Test
    void hostWithoutAScheme_isToldHowAPageIsWritten() {
        assertThat(check("weft.invalid/docs").err())
                .contains("no such file or folder; a page on the web is written https://weft.invalid/docs");
        assertThat(check("missing.html").err()).doesNotContain("https:");
    }

    @Test
    void linksToFiles_thatTheDeadlineKeepsFromBeingLookedUp_areUnstarted() throws Exception {
        // a gigabyte is read for each
        var slowly = "[a](endless#L999999999)\n".repeat(997);
        var page = file("page.md", slowly + "[b](page.md) [c](https://a.invalid/) [d](page.md)\n");
        try (var endless = new RandomAccessFile(folder.resolve("endless").toFile(), "rw")) {
            endless.setLength(1L << 42);
            var ran = weft("check", "--no-config", "--format", "ndjson", "--deadline", "4s", page.toString());
            assertThat(ran.exitCode()).isEqualTo(124);
            assertThat(ran.results())
                    .extracting(result -> result.get("outcome"))
                    .containsOnly("unstarted");
            assertThat(ran.summary()).containsEntry("total", 1000L).containsEntry("unstarted", 1000L);
            endless.setLength(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "--exclude [a | is not a regular expression",
                "--include ( | is not a regular expression",
                "\"--exclude \" | '' is found in every link",
                "--exclude-file missing | there is no file missing",
                "--depth 2 | --recurse",
                "--root missing | there is no such folder",
                "--fragments some | none, local, all",
                "--format junit | human, ndjson, json, github, sarif",
                "--max-age 1 | 1s or 1ms",
                "--config missing.toml | there is no file missing.toml",
                "--cache . | it is a folder",
                "--offlin | Did you mean",
            })
    void wrongUsage_namesTheOptionAndTheRemedy(String words, String remedy) {
        var all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(words.split(" ", -1)));
        all.add(in("README.md"));
        var ran = weft(all.toArray(String[]::new));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("weft check: ").contains(words.split(" ")[0], remedy);
    }

    @Test
    void patternInAFile_thatIsNone_isNamedWithItsLine() throws Exception {
        var patterns = file("patterns", "ok\n\n*bad\n");
        var ran = check("--exclude-file", patterns.toString(), folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(patterns + ":3: '*bad' is not a regular expression");
    }
}
