package dev.weft.cli.command;

import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.manual.Manual;
import dev.weft.cli.manual.Shell;
import dev.weft.cli.model.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft completion}: what a shell has to know to complete command lines. */
@Command(
        name = "completion",
        description = {
            "Prints what a shell needs to complete command lines.",
            "",
            "The script knows commands, options, the words that an option takes, and where file names go. A program"
                    + " that was unpacked from an archive brings the same scripts in its folder share."
        },
        sortOptions = false,
        customSynopsis = "weft completion [OPTIONS] SHELL",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nShell:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(weft completion bash)        in this bash, and in ~/.bashrc for each",
            "  source <(weft completion zsh)         in ~/.zshrc, after compinit",
            "  weft completion fish | source         in this fish",
            "  weft completion fish > ~/.config/fish/completions/weft.fish",
            "",
            "Exit: 0 printed, 2 wrong usage, 74 cannot be written, 141 nobody reads it any more."
        })
public final class CompletionCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "SHELL",
            converter = Converters.ShellWord.class,
            description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Shell shell;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    public CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var script = shell.completion(Manual.of(spec.root()));
        try {
            context.io().out().write(script.getBytes(StandardCharsets.UTF_8));
            context.io().out().flush();
            return ExitCode.OK;
        } catch (IOException e) {
            return new Diagnostics(context.io()).notWritten("the script", e);
        }
    }
}
