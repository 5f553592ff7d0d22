package dev.weft.cli.command;

import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.console.Style;
import dev.weft.cli.console.Terminal;
import dev.weft.cli.inspect.CannotInspectException;
import dev.weft.cli.inspect.ThisJava;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.tasks.TaskWarnings;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.TaskDump;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The common part of the commands that look into other processes: results on standard output, cut to the terminal if it
 * is one; all else on standard error; an exit code for each way in which it can fail. Belongs to one task, within a
 * run.
 */
final class InspectCommand {

    private final StandardIo io;
    private final Output output;
    private final Style out;
    private final Style err;

    private InspectCommand(StandardIo io) {
        this.io = io;
        this.output = new Output(io);
        this.out = Style.of(io.colourOnOut());
        this.err = Style.of(io.colourOnErr());
    }

    /** The work of a command. */
    interface Body {
        int run(InspectCommand view) throws CannotInspectException, InterruptedException;
    }

    /**
     * Does it.
     *
     * @return the exit code
     */
    static int with(CommandContext context, String command, Body body) {
        return context.inRun(() -> {
            var view = new InspectCommand(context.io());
            try {
                ThisJava.check();
                return view.finish(body.run(view));
            } catch (CannotInspectException e) {
                view.output.note("weft " + command + ": " + Shown.harmless(e.reason()));
                return view.finish(code(e));
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                // an answer that could be read, and has in it what nobody can show
                view.output.note("weft " + command + ": what the process has answered cannot be shown: " + e);
                return view.finish(ExitCode.UNAVAILABLE);
            } finally {
                view.output.drain();
            }
        });
    }

    private static int code(CannotInspectException e) {
        return switch (e.kind()) {
            case NO_ANSWER -> ExitCode.DEADLINE;
            case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
            default -> ExitCode.UNAVAILABLE;
        };
    }

    private int finish(int code) throws InterruptedException {
        output.drain();
        var failure = output.failure().orElse(null);
        if (failure == null) {
            return code;
        }
        return new Diagnostics(io).notWritten("the results", failure);
    }

    StandardIo io() {
        return io;
    }

    /** For results. */
    Style style() {
        return out;
    }

    /** Results for people, cut to what there is room for. */
    void show(List<String> lines) throws InterruptedException {
        var terminal = Terminal.of(io);
        lines.forEach(line -> output.result(terminal.fit(Shown.line(line))));
    }

    /** A picture for people on a terminal, over the one before. */
    void picture(List<String> lines, Terminal terminal, boolean first) {
        output.picture(lines.stream().map(Shown::line).map(terminal::fit).toList(), first);
    }

    /** A result for a program, whole. */
    void result(String line) {
        output.result(line);
    }

    void note(String line) {
        output.note(line);
    }

    /** Waits until all is written; returns whether somebody takes it. */
    boolean flush() throws InterruptedException {
        output.drain();
        return output.failure().isEmpty();
    }

    /** The await cycles, on standard error. */
    void cycles(TaskDump dump) {
        TaskWarnings.cycles(dump).forEach(cycle -> note(err.red("error: " + cycle)));
    }

    /** Further likely faults, on standard error. */
    void warn(TaskDump dump) {
        TaskWarnings.others(dump).forEach(warning -> note("warning: " + warning));
    }

    /** The exit code that the tasks themselves call for. */
    static int code(TaskDump dump) {
        return dump.awaitCycles().isEmpty() ? ExitCode.OK : ExitCode.SOME_NOT_OK;
    }
}
