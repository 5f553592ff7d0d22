package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command there is: it fits a terminal of 80 columns and 24 rows, part by part. */
class HelpTest {

    private static final int COLUMNS = 80;

    /** Two rows are the shell's. */
    private static final int ROWS = 22;

    static List<CommandSpec> commands() {
        return Commands.all();
    }

    private static String help(CommandSpec command, String... way) {
        var ran = weft(Stream.concat(Arrays.stream(Commands.words(command)), Arrays.stream(way))
                .toArray(String[]::new));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        return ran.out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_isAsWideAsATerminal_andNoPartOfItIsHigher(CommandSpec command) {
        var help = help(command, "--help");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
        assertThat(parts(help))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(ROWS));
    }

    /** A part begins with a heading, which ends in a colon. */
    private static List<List<String>> parts(String help) {
        var parts = new ArrayList<List<String>>();
        parts.add(new ArrayList<>());
        help.lines().forEach(line -> {
            if (line.matches("[A-Z].*:")) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(line);
        });
        return parts;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void options_areAllDescribed(CommandSpec command) {
        assertThat(command.args())
                .allSatisfy(argument -> assertThat(String.join("", argument.description()))
                        .as(command.qualifiedName() + " " + argument.paramLabel())
                        .isNotBlank());
        assertThat(command.args()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_beginsWithASentence_andEndsWithExamplesAndExitCodes(CommandSpec command) {
        var usage = command.usageMessage();
        assertThat(usage.description()[0]).endsWith(".").hasSizeLessThan(66);
        assertThat(help(command, "--help").lines())
                .contains("Examples:")
                .anySatisfy(line -> assertThat(line).startsWith("  weft"))
                .anySatisfy(line -> assertThat(line).startsWith("Exit: "))
                .as("no example is broken in two")
                .containsAll(Arrays.stream(usage.footer())
                        .filter(line -> line.startsWith("  "))
                        .map(line -> String.format(line))
                        .toList());
        assertThat(usage.footer()[usage.footer().length - 1])
                .as("one text, which the help breaks")
                .startsWith("Exit: ");
    }

    /** The others write no results to standard output. */
    @ParameterizedTest
    @MethodSource("commands")
    void exitCodeOfAReaderThatHasGone_isNamed(CommandSpec command) {
        var footer = command.usageMessage().footer();
        var writesNone = List.of("weft worker", "weft certificates", "weft man-pages");
        assertThat(footer[footer.length - 1].contains("141 nobody reads"))
                .as(command.qualifiedName())
                .isNotEqualTo(writesNone.contains(command.qualifiedName()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examples_useOnlyOptionsThatThereAre(CommandSpec ofHelp) {
        var used = 0;
        for (var line : ofHelp.usageMessage().footer()) {
            for (var part : line.split("[|;]|then: ")) {
                if (!line.startsWith("  ") || !part.strip().startsWith("weft ")) {
                    continue;
                }
                var words = part.strip().split("  ")[0].split(" ");
                var command = Commands.all().stream()
                        .filter(one -> one.qualifiedName().equals("weft " + words[1]))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no such command: " + part));
                for (var word : words) {
                    if (word.matches("--?[a-zA-Z].*")) {
                        assertThat(command.optionsMap()).as(part).containsKey(word.split("=")[0]);
                    }
                }
                used++;
            }
        }
        assertThat(used).isPositive();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void choices_areSpelledAsTheyAreRead(CommandSpec command) throws Exception {
        for (var choice : Commands.choices(command)) {
            var words = StreamSupport.stream(choice.completionCandidates().spliterator(), false)
                    .toList();
            assertThat(words).isNotEmpty().allSatisfy(word -> assertThat(word).matches("[a-z0-9-]+"));
            for (var word : words) {
                // throws if it does not take it
                assertThat((Object) choice.converters()[0].convert(word)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_isTheSame_howeverItIsAskedFor(CommandSpec command) {
        var help = help(command, "--help");
        assertThat(help(command, "-h")).isEqualTo(help);
        var words = new ArrayList<>(List.of("help"));
        words.addAll(List.of(Commands.words(command)));
        assertThat(weft(words.toArray(String[]::new)).out()).isEqualTo(help);
    }

    @Test
    void helpOfNoCommand_saysWhichThereAre() {
        var ran = weft("help", "fetsch");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("'fetsch'")
                .contains("fetch, check, worker")
                .doesNotContain("man-pages");
    }

    @Test
    void commands_areListedInOneLineEach() {
        var lines = weft("--help").out().lines().toList();
        for (var command : Commands.shown()) {
            if (command.parent() != null) {
                assertThat(lines)
                        .anyMatch(line -> line.startsWith("  " + command.name() + " ")
                                && line.endsWith(command.usageMessage().description()[0]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps", "pstree", "top"})
    void helpOfALook_saysThatAPortStays(String command) {
        assertThat(weft(command, "--help").out().replaceAll("\\s+", " "))
                .contains("stays until the process ends: with a port that listens on all addresses");
    }
}
