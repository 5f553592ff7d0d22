package dev.weft.cli.manual;

import dev.weft.cli.manual.Manual.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for zsh 5, with descriptions: as a file on its function path, or read at its start. */
final class ZshCompletion {

    private static final String SCRIPT = """
        #compdef @name@
        # zsh completion for @name@; "@name@ completion zsh" prints it.

        _@name@() {
            local curcontext=$curcontext state line ret=1
            local -a commands
            commands=(
        @commands@
            )
            _arguments -C \\
        @options@
                '1: :->command' \\
                '*:: :->argument' && ret=0
            case $state in
                command)
                    _describe -t commands '@name@ command' commands && ret=0
                    ;;
                argument)
                    curcontext=${curcontext%:*}-$line[1]:
                    case $line[1] in
        @cases@
                    esac
                    ;;
            esac
            return ret
        }

        if [[ $funcstack[1] == _@name@ ]]; then
            _@name@ "$@"
        else
            compdef _@name@ @name@
        fi
        """;

    private ZshCompletion() {}

    static String script(Manual manual) {
        return SCRIPT.replace(
                        "@commands@",
                        manual.commands().stream()
                                .map(command -> " ".repeat(8) + quoted(command.word() + ":" + command.brief()))
                                .collect(Collectors.joining("\n")))
                .replace("@options@", lines(options(manual), 8) + " \\")
                .replace(
                        "@cases@",
                        manual.commands().stream().map(ZshCompletion::ofCommand).collect(Collectors.joining("\n")))
                .replace("@name@", manual.name());
    }

    private static String ofCommand(Manual command) {
        var specs = new ArrayList<>(options(command));
        for (var parameter : command.parameters()) {
            specs.add(quoted((parameter.isRepeatable() ? "*" : "") + value(parameter)));
        }
        var indent = " ".repeat(16);
        return indent + command.word() + ")\n" + indent + "    _arguments \\\n" + lines(specs, 24) + " && ret=0\n"
                + indent + "    ;;";
    }

    private static String lines(List<String> specs, int indent) {
        return specs.stream().map(spec -> " ".repeat(indent) + spec).collect(Collectors.joining(" \\\n"));
    }

    /** One for each name, which excludes the others. */
    private static List<String> options(Manual command) {
        var specs = new ArrayList<String>();
        for (var option : command.options()) {
            for (var name : option.names()) {
                var others = option.isRepeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
                var attached = option.takesValue() && name.startsWith("--") ? "=" : "";
                var explanation = "[" + option.brief().replace("[", "\\[").replace("]", "\\]") + "]";
                specs.add(quoted(others + name + attached + explanation + (option.takesValue() ? value(option) : "")));
            }
        }
        return specs;
    }

    private static String value(Argument argument) {
        return ":" + argument.label().replace(":", "\\:") + ":" + action(argument);
    }

    /**
     * The action that completes a value. A parameter needs one: for a parameter without, zsh shows its name and
     * completes nothing, not even an option that could stand in its place.
     */
    private static String action(Argument argument) {
        if (!argument.words().isEmpty()) {
            return "(" + String.join(" ", argument.words()) + ")";
        }
        if (argument.isFile()) {
            return "_files";
        }
        if (!argument.names().isEmpty()) {
            return "";
        }
        return switch (argument.label().replace("...", "")) {
            case "URL" -> "_urls";
            case "PID" -> "_pids";
            default -> "_default";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
