package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts for shells, as the shells themselves take them. */
class CompletionTest {

    private static final String ASK_BASH = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        function=$(complete -p weft); function=${function#*-F }; function=${function%% *}
        "$function"
        printf '%s\\n' ${COMPREPLY+"${COMPREPLY[@]}"}
        """;

    @TempDir
    Path folder;

    private Path script(String shell) throws IOException {
        var ran = weft("completion", shell);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        return Files.writeString(folder.resolve("completion"), ran.out());
    }

    /** What a process says, on whichever stream. */
    private List<String> said(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.outputWriter().close();
        var lines = process.inputReader(UTF_8).lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private static void assumeThereIs(String shell) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, shell))),
                shell + " is not installed");
    }

    /** What bash offers when these words have been typed and the last one is to be completed. */
    private List<String> bash(String... words) throws IOException, InterruptedException {
        assumeThereIs("bash");
        var command = new ArrayList<>(
                List.of("bash", "--norc", "-c", ASK_BASH, "bash", script("bash").toString()));
        command.addAll(List.of(words));
        return said(command.toArray(String[]::new)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "weft fe | fetch",
                "weft p | ps pstree",
                "weft --v | --version",
                "weft fetch --form | --format",
                "weft fetch --format h | human",
                "weft fetch --format = nd | ndjson",
                "weft fetch --progress = | auto always never",
                "weft fetch --timeout 3s --prog | --progress",
                "weft fetch --timeout 3 | \"\"",
                "weft fetch --format human http://a/ --de | --deadline --demo --demo-urls --demo-seed",
                "weft ps --state w | waiting",
                "weft ps --name fetch --fr | --frames",
                "weft completion z | zsh",
                "weft help ti | timeline",
                "weft nothing --x | \"\"",
            })
    void bash_completesWhatHasBeenTyped(String typed, String offered) throws Exception {
        var words = new ArrayList<>(List.of(typed.split(" ")));
        assertThat(String.join(" ", bash(words.toArray(String[]::new))))
                .contains(offered.split(" ")[0])
                .satisfies(all -> assertThat(all.isEmpty() ? List.of() : List.of(all.split(" ")))
                        .containsAll(offered.isEmpty() ? List.of() : List.of(offered.split(" ")))
                        .hasSameSizeAs(offered.isEmpty() ? List.of() : List.of(offered.split(" "))));
    }

    @Test
    void bash_completesFileNames_whereFilesGo() throws Exception {
        Files.createFile(folder.resolve("my urls.txt"));
        Files.createDirectory(folder.resolve("my folder"));
        for (var option : List.of("-i", "--input", "--timeline")) {
            assertThat(bash("weft", "fetch", option, "my"))
                    .as(option)
                    .containsExactlyInAnyOrder("my urls.txt", "my folder");
        }
        assertThat(bash("weft", "fetch", "-i", "=", "my u")).containsExactly("my urls.txt");
        assertThat(bash("weft", "timeline", "my u")).containsExactly("my urls.txt");
        assertThat(bash("weft", "fetch", "my")).as("a URL is no file").isEmpty();
        assertThat(bash("weft", "fetch", "--timeout", "my")).isEmpty();
    }

    @Test
    void bash_knowsEachOptionOfEachCommand_andEachWord() throws Exception {
        for (var command : Commands.shown()) {
            var words = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
            words.add("-");
            assertThat(bash(words.toArray(String[]::new)))
                    .as(command.qualifiedName())
                    .containsExactlyInAnyOrderElementsOf(Commands.optionNames(command));
            for (var choice : Commands.choices(command)) {
                words.removeLast();
                words.add(choice.isOption() ? ((picocli.CommandLine.Model.OptionSpec) choice).longestName() : "");
                if (choice.isOption()) {
                    words.add("");
                }
                assertThat(bash(words.toArray(String[]::new)))
                        .as(words.toString())
                        .containsExactlyElementsOf(choice.completionCandidates());
                words.removeLast();
            }
        }
    }

    @Test
    void fish_completesWhatHasBeenTyped() throws Exception {
        assumeThereIs("fish");
        var script = script("fish").toString();
        assertThat(fish(script, "weft fe")).containsExactly("fetch");
        assertThat(fish(script, "weft fetch --form")).containsExactly("--format");
        assertThat(fish(script, "weft ps --state ")).containsExactly("not-started", "running", "waiting");
        assertThat(fish(script, "weft completion z")).containsExactly("zsh");
        Files.createFile(folder.resolve("urls.txt"));
        assertThat(fish(script, "weft fetch -i ur")).containsExactly("urls.txt");
        assertThat(fish(script, "weft fetch ur")).isEmpty();
    }

    private List<String> fish(String script, String typed) throws Exception {
        return said("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, typed).stream()
                .map(line -> line.split("\t")[0])
                .sorted()
                .toList();
    }

    @Test
    void zsh_takesTheScript_andRegistersIt() throws Exception {
        assumeThereIs("zsh");
        var script = script("zsh").toString();
        assertThat(said(
                        "zsh",
                        "-f",
                        "-c",
                        "autoload -U compinit && compinit -u -D && source $1 && print $_comps[weft] $+functions[_weft]",
                        "zsh",
                        script))
                .containsExactly("_weft 1");
    }

    /** Where one is missing zsh completes no options either. */
    @Test
    void zsh_knowsWhatEachParameterCanBe() {
        var parameters = weft("completion", "zsh")
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("'\\*?:[^ :].*"))
                .toList();
        assertThat(parameters)
                .hasSizeGreaterThan(5)
                .allSatisfy(parameter -> assertThat(parameter).matches("'\\*?:[^:]+:(_\\w+|\\(.+\\))'.*"))
                .anyMatch(parameter -> parameter.startsWith("'*:URL...:_urls'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zsh", "fish"})
    void script_holdsEachOption_andEachWord(String shell) {
        var script = weft("completion", shell).out();
        for (var command : Commands.shown()) {
            for (var name : Commands.optionNames(command)) {
                var bare = name.replaceFirst("^-+", "");
                assertThat(script)
                        .as(command.qualifiedName())
                        .contains(shell.equals("zsh") ? name : (name.startsWith("--") ? "-l " : "-s ") + bare);
            }
            for (var choice : Commands.choices(command)) {
                assertThat(script)
                        .contains(StreamSupport.stream(
                                        choice.completionCandidates().spliterator(), false)
                                .collect(Collectors.joining(" ")));
            }
        }
    }

    @Test
    void shellThatIsNotKnown_isWrongUsage() {
        var ran = weft("completion", "tcsh");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("SHELL").contains("'tcsh'").contains("bash, zsh, fish");
    }
}
