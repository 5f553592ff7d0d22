package dev.weft.cli.command;

import dev.weft.cli.model.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code weft version}: what {@code --version} says, for who asks in this order. */
@Command(
        name = "version",
        description = "Shows the version.",
        customSynopsis = "weft version",
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft version                     the same as weft --version",
            "",
            "Exit: 0 shown, 74 cannot be written, 141 nobody reads it."
        })
public final class VersionCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        root.printVersionHelp(root.getOut());
        return ExitCode.OK;
    }
}
