package dev.weft.cli.command;

import dev.weft.cli.model.Version;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code weft}, which does nothing without one of its subcommands. */
@Command(
        name = "weft",
        description = {
            "Fetches many URLs at once, and looks into running tasks.",
            "",
            "Fetches many things at once, under one deadline, and says what became of each; and looks into running"
                    + " processes that use Weft: what are their tasks waiting for?"
        },
        versionProvider = WeftCommand.VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft fetch --demo                see it work, without a network",
            "  weft fetch -i urls.txt --deadline 30s",
            "  weft ps                          which processes of mine use Weft?",
            "  weft help fetch                  all about a command",
            "",
            "Exit: 0 done, 2 wrong usage, 70 a fault of weft itself, 74 the results cannot be written, 141"
                    + " nobody reads them any more; each command's help tells its own."
        })
public final class WeftCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The text that {@code --version} shows. */
    static final class VersionLine implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weft " + Version.text() + " (Java " + Runtime.version() + ")"};
        }
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which command? One of: " + String.join(", ", shown(spec.commandLine())));
    }

    /** The names of the commands that the help shows. */
    static List<String> shown(CommandLine root) {
        return root.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .toList();
    }
}
