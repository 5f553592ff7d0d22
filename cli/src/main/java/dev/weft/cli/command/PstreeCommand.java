package dev.weft.cli.command;

import dev.weft.cli.inspect.CannotInspectException;
import dev.weft.cli.inspect.Inspection;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.TaskDump;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code weft pstree}: who owns whom in a running process. */
@Command(
        name = "pstree",
        description = {
            "Shows the tasks of a running process as a tree.",
            "",
            "Of a process that uses Weft it shows runs and threads, the calls that stand on them, and the tasks of"
                    + " those. Await cycles come first, each with its path.",
            "",
            "The process needs no preparation.",
            "",
            InspectOptions.WHAT_STAYS
        },
        sortOptions = false,
        customSynopsis = "weft pstree [OPTIONS] PID",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nProcess:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft pstree 4711",
            "  weft pstree 4711 --frames 3               with the tops of their stacks",
            "  weft pstree 4711 --cluster                and of calls on other machines",
            "",
            "Exit: 0 looked, 1 there is an await cycle, 2 wrong usage, 69 the process cannot be looked into,"
                    + " 74 cannot be written, 77 it is another user's, 124 it did not answer within --timeout, 141"
                    + " nobody reads it any more."
        })
public final class PstreeCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ProcessParameter process = new ProcessParameter();

    @Option(
            names = "--frames",
            paramLabel = "N",
            converter = Converters.NoneOrMore.class,
            description = "How many stack frames of each task to show. Default: 0.")
    private Integer frames = 0;

    @Option(
            names = "--cluster",
            description =
                    "Below calls of weft-cluster, show the tasks of their handlers, as the members tell. The members"
                            + " need introspection(true). Default: only the process itself.")
    private boolean cluster;

    @Mixin
    private final InspectOptions options = new InspectOptions();

    public PstreeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return InspectCommand.with(context, "pstree", this::show);
    }

    private int show(InspectCommand view) throws CannotInspectException, InterruptedException {
        TaskDump dump;
        try (var inspection = Inspection.open(process.pid(), options.timeout(), options.anyUser())) {
            dump = inspection.dump(frames, cluster);
        }
        // the very text that the process itself would give
        view.show(dump.toString().lines().map(Shown::harmless).toList());
        view.warn(dump);
        return InspectCommand.code(dump);
    }
}
