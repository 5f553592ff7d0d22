package dev.weft.cli.command;

import dev.weft.cli.console.Style;
import dev.weft.cli.inspect.CannotInspectException;
import dev.weft.cli.inspect.Inspection;
import dev.weft.cli.inspect.Jvms;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.tasks.TaskJson;
import dev.weft.cli.tasks.TaskTable;
import dev.weft.cli.tasks.TaskText;
import dev.weft.cli.text.JsonWriter;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft ps}: the tasks of a running process, or the processes that have some. */
@Command(
        name = "ps",
        description = {
            "Lists the tasks of a running process, or such processes.",
            "",
            "The tasks of a process that uses Weft are listed with the oldest first; without PID, the processes of this"
                    + " user that use Weft.",
            "",
            "The process needs no preparation. What looks wrong is told on standard error: await cycles, tasks that"
                    + " were cancelled and still run.",
            "",
            InspectOptions.WHAT_STAYS
        },
        sortOptions = false,
        customSynopsis = "weft ps [OPTIONS] [PID]",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nProcess:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weft ps                                   which processes use Weft?",
            "  weft ps 4711                              its tasks",
            "  weft ps 4711 --name 'fetch-*' --frames 5  some of them, with their stacks",
            "  weft ps 4711 --format ndjson | jq 'select(.cancellation)'",
            "",
            "Exit: 0 looked, 1 there is an await cycle, 2 wrong usage, 69 the process cannot be looked into,"
                    + " 74 cannot be written, 77 it is another user's, 124 it did not answer within --timeout, 141"
                    + " nobody reads it any more."
        })
public final class PsCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PID",
            converter = Converters.Pid.class,
            description = "The process to look into. Default: all of this user's, in brief.")
    private @Nullable Long pid;

    @Option(
            names = "--frames",
            paramLabel = "N",
            converter = Converters.NoneOrMore.class,
            description = "How many stack frames of each task to show. Default: 0.")
    private Integer frames = 0;

    @Option(
            names = "--name",
            paramLabel = "GLOB",
            converter = Converters.Glob.class,
            description = "Only tasks whose name is like this: * is any text, ? any character.")
    private @Nullable Pattern name;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = Converters.StateWord.class,
            completionCandidates = Converters.StateWord.class,
            description = "Only tasks in this state: not-started, running, waiting.")
    private Entry.@Nullable State state;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.PsFormatWord.class,
            description = "human: columns. json: all that the process tells, on one line. ndjson: one task, or process,"
                    + " a line. Default: human.")
    private PsFormat format = PsFormat.HUMAN;

    @Option(
            names = "--cluster",
            description =
                    "Below calls of weft-cluster, show the tasks of their handlers, as the members tell. The members"
                            + " need introspection(true). Default: only the process itself.")
    private boolean cluster;

    @Mixin
    private final InspectOptions options = new InspectOptions();

    public PsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var selects = name != null || state != null;
        if (pid == null && (selects || frames > 0 || cluster)) {
            throw wrong("--name, --state, --frames and --cluster need a PID: which process?");
        }
        if (format == PsFormat.JSON && selects) {
            throw wrong("--name and --state do not go with --format json, which is the whole: take --format ndjson");
        }
        return InspectCommand.with(context, "ps", view -> pid == null ? listJvms(view) : listTasks(view, pid));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int listTasks(InspectCommand view, long of) throws CannotInspectException, InterruptedException {
        TaskDump dump;
        try (var inspection = Inspection.open(of, options.timeout(), options.anyUser())) {
            dump = inspection.dump(frames, cluster);
        }
        var all = TaskText.tasks(dump);
        var tasks = all.stream()
                .filter(this::isWanted)
                .sorted(TaskTable.OLDEST_FIRST)
                .toList();
        switch (format) {
            case JSON -> view.result(TaskJson.of(dump));
            case NDJSON -> tasks.forEach(task -> view.result(TaskJson.of(task)));
            case HUMAN -> {
                view.show(TaskTable.lines(tasks, view.style()));
                view.note(TaskText.counts(all) + (tasks.size() == all.size() ? "" : "; " + tasks.size() + " shown"));
                view.cycles(dump);
                view.warn(dump);
            }
        }
        return InspectCommand.code(dump);
    }

    private boolean isWanted(Entry task) {
        return (name == null || name.matcher(task.name()).matches()) && (state == null || state == task.state());
    }

    private int listJvms(InspectCommand view) throws InterruptedException {
        var jvms = Jvms.thatUseWeft(options.timeout(), options.anyUser());
        switch (format) {
            case JSON -> view.result(jvms.stream().map(PsCommand::json).collect(Collectors.joining(",", "[", "]")));
            case NDJSON -> jvms.forEach(jvm -> view.result(json(jvm)));
            case HUMAN -> {
                view.show(table(jvms, view.style()));
                if (jvms.isEmpty()) {
                    view.note("no process of this user uses Weft");
                }
            }
        }
        return ExitCode.OK;
    }

    private static String json(Jvms.Jvm jvm) {
        var json = JsonWriter.shown().open('{').field("pid", jvm.pid()).field("program", jvm.program());
        return (jvm.problem() == null
                        ? json.field("runs", jvm.runs()).field("tasks", jvm.tasks())
                        : json.field("problem", jvm.problem()))
                .close('}')
                .toString();
    }

    static List<String> table(List<Jvms.Jvm> jvms, Style style) {
        var lines = new ArrayList<String>();
        if (!jvms.isEmpty()) {
            lines.add(style.faint(row("PID", "RUNS", "TASKS", "PROGRAM")));
        }
        for (var jvm : jvms) {
            var known = jvm.problem() == null;
            var program = Shown.harmless(jvm.program());
            lines.add(row(
                    String.valueOf(jvm.pid()),
                    known ? String.valueOf(jvm.runs()) : "?",
                    known ? String.valueOf(jvm.tasks()) : "?",
                    known ? program : program + "  " + Shown.harmless(Objects.requireNonNull(jvm.problem()))));
        }
        return lines;
    }

    private static String row(String pid, String runs, String tasks, String program) {
        return String.format(Locale.ROOT, "%8s %5s %8s  %s", pid, runs, tasks, program);
    }
}
