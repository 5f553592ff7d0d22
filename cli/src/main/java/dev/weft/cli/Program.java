package dev.weft.cli;

import dev.weft.Body;
import dev.weft.Problem;
import dev.weft.Runner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The program, in a given world: reads the command line, does what it says, and answers with an exit code. */
final class Program {

    private static final int WIDTH = 80;

    private final Io io;
    private final Complaint complaint;
    private final Stopwatch sinceStart = Stopwatch.start();

    Program(Io io) {
        this.io = io;
        this.complaint = new Complaint(io);
    }

    /**
     * Runs a command line.
     *
     * @return the exit code
     */
    int run(String... args) {
        return commandLine().execute(args);
    }

    /** All commands, and how they are read. */
    CommandLine commandLine() {
        var line = new CommandLine(new WeftCommand());
        line.addSubcommand(new FetchCommand(this));
        line.addSubcommand(new DemoServerCommand(this));
        line.addSubcommand(new PsCommand(this));
        line.addSubcommand(new PstreeCommand(this));
        line.addSubcommand(new TopCommand(this));
        line.addSubcommand(new TimelineCommand(this));
        line.addSubcommand(new CompletionCommand(this));
        line.addSubcommand(new ManPagesCommand(this));
        line.addSubcommand(new HelpCommand());
        line.setOut(new PrintWriter(io.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                io.colourOnOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(26);
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler((e, _) -> complainAboutUsage(e));
        line.setExecutionExceptionHandler((e, _, _) -> complainAboutFault(e));
        return line;
    }

    Io io() {
        return io;
    }

    /** Since the program began: what a deadline to the whole counts from. */
    Stopwatch sinceStart() {
        return sinceStart;
    }

    private int complainAboutUsage(CommandLine.ParameterException e) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e instanceof SeveralLines) {
            complaint.lines(command + ": " + message(e));
        } else {
            complaint.line(command + ": " + message(e));
        }
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            var suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                complaint.line("Did you mean " + String.join(" or ", suggestions) + "?");
            }
        }
        complaint.line("See '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    /** Wrong usage that takes several lines to tell; what comes from outside in them has no line ends. */
    static final class SeveralLines extends CommandLine.ParameterException {
        private static final long serialVersionUID = 1L;

        SeveralLines(CommandLine line, String text) {
            super(line, text);
        }
    }

    private static String message(CommandLine.ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !e.getCommandLine().getSubcommands().isEmpty()
                && !unmatched.getUnmatched().getFirst().startsWith("-")) {
            return "'" + unmatched.getUnmatched().getFirst() + "' is no command";
        }
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            // without what follows the =, which may be a secret
            return "Unknown option: '" + unmatched.getUnmatched().getFirst().replaceFirst("(?s)=.*", "=…") + "'";
        }
        return String.valueOf(e.getMessage());
    }

    private int complainAboutFault(Exception e) {
        complaint.say("a fault of weft itself, please report it:");
        complaint.trace(e);
        return ExitCode.INTERNAL;
    }

    /**
     * Runs a command's body as the main of a run. Ctrl-C cancels it, and ends the process when it has cleaned up.
     *
     * @throws X what the body threw
     */
    <X extends Exception> int inRun(Body<Integer, X> body) throws X {
        var stopped = new AtomicReference<@Nullable Stop>();
        try (var runner = Runner.builder().onProblem(this::tell).build()) {
            return runner.<Integer, X>run(() -> {
                try {
                    return body.run();
                } catch (InterruptedException e) {
                    stopped.set(Stop.of(e));
                    throw e;
                }
            });
        } catch (CancellationException | InterruptedException e) {
            // the run exits the process by itself after a signal, and with the same code
            var stop = stopped.get();
            return stop == null ? ExitCode.INTERRUPTED : stop.exitCode();
        }
    }

    private void tell(Problem problem) {
        // that a lookup or a read nobody waits for has failed is of no interest any more
        if (problem.kind() != Problem.Kind.ABANDONED_FAILURE) {
            complaint.say(problem.message() + (problem.exception() == null ? "" : ": " + problem.exception()));
        }
    }
}
