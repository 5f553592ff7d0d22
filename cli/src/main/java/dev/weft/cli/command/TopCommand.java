package dev.weft.cli.command;

import static dev.weft.Weft.sleep;

import dev.weft.cli.console.Terminal;
import dev.weft.cli.inspect.CannotInspectException;
import dev.weft.cli.inspect.Inspection;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.tasks.TopFrame;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code weft top}: a running process's tasks, again and again. */
@Command(
        name = "top",
        description = {
            "Watches the tasks of a running process.",
            "",
            "Shows, again and again, how many tasks of a process that uses Weft are in which state, how many are new"
                    + " and gone since the last look, those that wait for longest, and what looks wrong.",
            "",
            "The process needs no preparation. Ends with the process, or by Ctrl-C.",
            "",
            InspectOptions.WHAT_STAYS
        },
        sortOptions = false,
        customSynopsis = "weft top [OPTIONS] PID",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nProcess:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft top 4711",
            "  weft top 4711 --interval 5s --count 12 > minute.txt",
            "",
            "Exit: 0 at the end of the process or of --count, 2 wrong usage, 69 the process cannot be looked"
                    + " into, 74 cannot be written, 77 it is another user's, 124 it did not answer within --timeout,"
                    + " 130 Ctrl-C, 141 nobody reads it any more, 143 SIGTERM."
        })
public final class TopCommand implements Callable<Integer> {

    /** How much is shown where there is no terminal to fill. */
    private static final int ROWS = 24;

    private final CommandContext context;

    @Mixin
    private final ProcessParameter process = new ProcessParameter();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = Converters.PositiveDuration.class,
            description = "How long to wait between two looks, as in 2s or 500ms. Default: 1s.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--count",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "How many looks. Default: until the process ends.")
    private @Nullable Integer count;

    @Mixin
    private final InspectOptions options = new InspectOptions();

    public TopCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return InspectCommand.with(context, "top", this::watch);
    }

    private int watch(InspectCommand view) throws CannotInspectException, InterruptedException {
        try (var inspection = Inspection.open(process.pid(), options.timeout(), options.anyUser())) {
            TaskDump before = null;
            for (var looks = 0; count == null || looks < count; looks++) {
                if (before != null) {
                    sleep(interval);
                }
                TaskDump dump;
                try {
                    dump = inspection.dump(0);
                } catch (CannotInspectException e) {
                    if (before == null || e.kind() != CannotInspectException.Kind.ENDED) {
                        throw e;
                    }
                    view.note("weft top: " + Shown.harmless(e.reason()));
                    return ExitCode.OK;
                }
                show(view, dump, before);
                if (!view.flush()) {
                    break;
                }
                before = dump;
            }
            return ExitCode.OK;
        }
    }

    /**
     * On a terminal over the last picture, which stays when this ends: the cursor is never hidden, no mode is set, so
     * there is nothing to put back.
     */
    private static void show(InspectCommand view, TaskDump dump, @Nullable TaskDump before)
            throws InterruptedException {
        var terminal = Terminal.of(view.io());
        var isTerminal = view.io().outIsTerminal();
        var rows = isTerminal ? terminal.rows() - 1 : ROWS;
        var lines = TopFrame.lines(dump, before, rows, ZoneId.systemDefault(), view.style());
        if (isTerminal) {
            view.picture(lines, terminal, before == null);
        } else {
            lines.forEach(view::result);
            view.result("");
        }
    }
}
