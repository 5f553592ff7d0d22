package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for man(1), of every command there is. */
class ManPagesTest {

    private static final List<String> SECTIONS =
            List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO");

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        var ran = weft("man-pages", folder.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
    }

    private static String file(String qualifiedName) {
        return qualifiedName.replace(' ', '-') + ".1";
    }

    /** Without what is there for the formatter only. */
    private static String text(String page) {
        return page.replaceAll("\\\\f[BIR]", "")
                .replace("\\&", "")
                .replace("\\(dq", "\"")
                .replace("\\-", "-")
                .replace("\\(aq", "'");
    }

    @Test
    void thereIsAPage_forTheProgramAndEachCommandThatIsShown() throws Exception {
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .hasSizeGreaterThan(5)
                    .containsExactlyInAnyOrderElementsOf(Commands.shown().stream()
                            .map(command -> file(command.qualifiedName()))
                            .toList());
        }
    }

    @Test
    void page_hasAllSections_andEachOption() throws Exception {
        for (var command : Commands.shown()) {
            var page = text(Files.readString(folder.resolve(file(command.qualifiedName()))));
            var lines = page.lines().toList();
            assertThat(lines)
                    .containsSubsequence(SECTIONS.stream()
                            .map(title -> ".SH \"" + title + "\"")
                            .toList());
            assertThat(page).contains("\n" + command.qualifiedName().replace(' ', '-') + " - ");
            for (var option : command.options()) {
                assertThat(lines)
                        .as(command.qualifiedName())
                        .anyMatch(line -> line.equals(String.join(", ", option.names()))
                                || line.equals(String.join(", ", option.names()) + "=" + option.paramLabel()));
            }
            for (var other : Commands.shown()) {
                if (!other.qualifiedName().equals(command.qualifiedName())) {
                    assertThat(lines.getLast()).contains(other.qualifiedName().replace(' ', '-') + "(1)");
                }
            }
        }
    }

    @Test
    void exitCodesAndExamples_areItemsOfTheirOwn() throws Exception {
        var lines =
                text(Files.readString(folder.resolve("weft-fetch.1"))).lines().toList();
        assertThat(lines)
                .containsSequence(".TP", "0", "all ok")
                .containsSequence(".TP", "124", "deadline hit")
                .containsSequence(".TP", "141", "nobody reads the results any more")
                .containsSequence(".TP", "weft fetch --demo", "see it work, without a network");
    }

    @Test
    void pages_areFormattedWithoutAWarning() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "groff"))),
                "groff is not installed");
        for (var command : Commands.shown()) {
            var process = new ProcessBuilder(
                            "groff",
                            "-man",
                            "-ww",
                            "-z",
                            "-Tutf8",
                            "-rLL=80n",
                            folder.resolve(file(command.qualifiedName())).toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(process.inputReader(UTF_8).lines()).isEmpty();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void folderThatIsNotThere_isWrongUsage() {
        var ran = weft("man-pages", folder.resolve("missing").toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("missing").contains("no folder");
    }
}
