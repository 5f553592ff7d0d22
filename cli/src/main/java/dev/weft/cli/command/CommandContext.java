package dev.weft.cli.command;

import dev.weft.Body;
import dev.weft.Problem;
import dev.weft.Runner;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Stopwatch;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The program's streams, the time of its start, and a run, for a command. */
public final class CommandContext {

    private final StandardIo io;
    private final Stopwatch sinceStart;

    public CommandContext(StandardIo io, Stopwatch sinceStart) {
        this.io = io;
        this.sinceStart = sinceStart;
    }

    StandardIo io() {
        return io;
    }

    /** Since the program began: what a deadline to the whole counts from. */
    Stopwatch sinceStart() {
        return sinceStart;
    }

    /**
     * Runs a command's body as the main of a run. Ctrl-C cancels it, and ends the process when it has cleaned up.
     *
     * @throws X what the body threw
     */
    <X extends Exception> int inRun(Body<Integer, X> body) throws X {
        var stopped = new AtomicReference<@Nullable StopSignal>();
        try (var runner =
                Runner.builder().signals("INT", "TERM").onProblem(this::report).build()) {
            return runner.<Integer, X>run(() -> {
                try {
                    return body.run();
                } catch (InterruptedException e) {
                    stopped.set(StopSignal.of(e));
                    throw e;
                }
            });
        } catch (CancellationException | InterruptedException e) {
            // the run exits the process by itself after a signal, and with the same code
            var stop = stopped.get();
            return stop == null ? ExitCode.INTERRUPTED : stop.exitCode();
        }
    }

    private void report(Problem problem) {
        // that a lookup or a read nobody waits for has failed is of no interest any more
        if (problem.kind() != Problem.Kind.ABANDONED_FAILURE) {
            new Diagnostics(io)
                    .message(problem.message() + (problem.exception() == null ? "" : ": " + problem.exception()));
        }
    }
}
