package dev.weft.cli.manual;

import dev.weft.cli.manual.Manual.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Completion for bash 3.2 and later, which needs nothing but bash: the words before the cursor tell which subcommand it
 * is, and whether the last one is an option that waits for its value.
 */
final class BashCompletion {

    private static final String SCRIPT = """
        # bash completion for @name@; "@name@ completion bash" prints it.

        _@name@_words() {
            local word
            while IFS= read -r word; do
                COMPREPLY+=("$word")
            done < <(compgen -W "$1" -- "$2")
        }

        _@name@_files() {
            local file
            compopt -o filenames 2>/dev/null # bash 4 and later
            while IFS= read -r file; do
                COMPREPLY+=("$file")
            done < <(compgen -f -- "$1")
        }

        _@name@() {
            local current=${COMP_WORDS[COMP_CWORD]} command='' option='' word i
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == '=' ]]; then
                    continue # --option=value comes as three words
                elif [[ -n $option ]]; then
                    option=''
                elif [[ $word == -* ]]; then
                    case "$command $word" in
        @taking@
                            option=$word
                            ;;
                    esac
                elif [[ -z $command ]]; then
                    command=$word
                fi
            done
            if [[ $current == '=' ]]; then
                current=''
            fi

            if [[ -n $option ]]; then
                case "$command $option" in
        @values@
                esac
            elif [[ $current == -* ]]; then
                case $command in
        @options@
                esac
            else
                case $command in
        @parameters@
                esac
            fi
        }

        complete -F _@name@ @name@
        """;

    private static final String IN_CASE = " ".repeat(12);

    private final Manual manual;

    private BashCompletion(Manual manual) {
        this.manual = manual;
    }

    static String script(Manual manual) {
        return new BashCompletion(manual).script();
    }

    private String script() {
        return SCRIPT.replace("@taking@", taking())
                .replace("@values@", values())
                .replace("@options@", options())
                .replace("@parameters@", parameters())
                .replace("@name@", manual.name());
    }

    private String word(Manual command) {
        return command == manual ? "" : command.word();
    }

    /** All options that take a value, as a pattern. */
    private String taking() {
        return lines(command -> command.options().stream()
                        .filter(Argument::takesValue)
                        .map(option -> pattern(command, option))
                        .map(pattern -> "    " + IN_CASE + pattern)
                        .toList())
                .collect(Collectors.joining(" |\\\n", "", ")"));
    }

    private String values() {
        return lines(command -> command.options().stream()
                        .filter(option -> option.isFile() || !option.words().isEmpty())
                        .map(option -> IN_CASE + pattern(command, option) + ") " + reply(option) + " ;;")
                        .toList())
                .collect(Collectors.joining("\n"));
    }

    private String options() {
        return lines(command -> List.of(IN_CASE + "'" + word(command) + "') "
                        + words(command.options().stream()
                                .flatMap(option -> option.names().stream())
                                .toList())
                        + " ;;"))
                .collect(Collectors.joining("\n"));
    }

    private String parameters() {
        var first = IN_CASE + "'') "
                + words(manual.commands().stream().map(Manual::word).toList()) + " ;;";
        var others = new ArrayList<String>(List.of(first));
        for (var command : manual.commands()) {
            command.parameters().stream()
                    .filter(parameter ->
                            parameter.isFile() || !parameter.words().isEmpty())
                    .findFirst()
                    .ifPresent(
                            parameter -> others.add(IN_CASE + "'" + word(command) + "') " + reply(parameter) + " ;;"));
        }
        return String.join("\n", others);
    }

    private Stream<String> lines(Function<Manual, List<String>> ofCommand) {
        return manual.withCommands().flatMap(command -> ofCommand.apply(command).stream());
    }

    private String pattern(Manual command, Argument option) {
        return option.names().stream()
                .map(name -> "'" + word(command) + " " + name + "'")
                .collect(Collectors.joining(" | "));
    }

    private static String reply(Argument argument) {
        return argument.words().isEmpty() ? "_@name@_files \"$current\"" : words(argument.words());
    }

    private static String words(List<String> words) {
        return "_@name@_words '" + String.join(" ", words) + "' \"$current\"";
    }
}
