package dev.weft.cli.command;

import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.files.FileOutput;
import dev.weft.cli.manual.ManPages;
import dev.weft.cli.manual.Manual;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft man-pages}, for who packs the program. */
@Command(
        name = "man-pages",
        hidden = true,
        description = {"Writes weft's pages for man(1).", "", "One for each command, replacing what is there."},
        customSynopsis = "weft man-pages [OPTIONS] FOLDER",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nFolder:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft man-pages /usr/local/share/man/man1",
            "",
            "Exit: 0 written, 2 wrong usage, 74 cannot be written."
        })
public final class ManPagesCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "FOLDER",
            converter = Converters.PathName.class,
            description = "Where to write them; it must be there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    public ManPagesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "'" + folder + "' is no folder; make it, or name another");
        }
        try {
            for (var page : ManPages.of(Manual.of(spec.root()), Version.text()).entrySet()) {
                FileOutput.write(folder.resolve(page.getKey()), page.getValue());
            }
            return ExitCode.OK;
        } catch (IOException e) {
            new Diagnostics(context.io()).message("cannot write a page: " + e.getMessage());
            return ExitCode.CANNOT_WRITE;
        }
    }
}
