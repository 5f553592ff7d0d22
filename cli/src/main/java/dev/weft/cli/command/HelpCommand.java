package dev.weft.cli.command;

import dev.weft.cli.model.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft help}: what {@code --help} says, for who asks in this order. */
@Command(
        name = "help",
        description = "Shows the help of a command, or of weft itself.",
        customSynopsis = "weft help [COMMAND]",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nCommand:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft help fetch                  the same as weft fetch --help",
            "  weft help                        which commands are there?",
            "",
            "Exit: 0 shown, 2 there is no such command, 74 cannot be written, 141 nobody reads it."
        })
public final class HelpCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "The command to explain. Default: weft itself, with a list of its commands.")
    private @Nullable String command;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var asked = command == null ? root : root.getSubcommands().get(command);
        if (asked == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + command + "' is no command; write one of " + String.join(", ", WeftCommand.shown(root)));
        }
        asked.usage(root.getOut());
        return ExitCode.OK;
    }
}
