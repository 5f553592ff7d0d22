package dev.weft.cli;

import dev.weft.cli.console.StandardIo;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** All commands as they are declared: what is said about them must hold for each, also for those that come later. */
final class Commands {

    private Commands() {}

    /** The program itself and everything below it, the hidden ones too. */
    static List<CommandSpec> all() {
        var io = new StandardIo(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Map.of(),
                false,
                false);
        return withBelow(new Program(io).commandLine()).toList();
    }

    static List<CommandSpec> shown() {
        return all().stream()
                .filter(command -> !command.usageMessage().hidden())
                .toList();
    }

    private static Stream<CommandSpec> withBelow(CommandLine line) {
        return Stream.concat(
                Stream.of(line.getCommandSpec()),
                line.getSubcommands().values().stream().flatMap(Commands::withBelow));
    }

    /** The words that call it, without the program's own name. */
    static String[] words(CommandSpec command) {
        return Arrays.stream(command.qualifiedName().split(" ")).skip(1).toArray(String[]::new);
    }

    static List<String> optionNames(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Arrays.stream(option.names()))
                .toList();
    }

    /** Options and parameters whose value is one of a few words. */
    static List<ArgSpec> choices(CommandSpec command) {
        return command.args().stream()
                .filter(argument -> argument.type().isEnum()
                        || Arrays.stream(argument.auxiliaryTypes()).anyMatch(Class::isEnum)
                        || argument.completionCandidates() != null)
                .toList();
    }
}
