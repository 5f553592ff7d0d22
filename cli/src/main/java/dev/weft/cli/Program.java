package dev.weft.cli;

import dev.weft.cli.command.CertificatesCommand;
import dev.weft.cli.command.CheckCommand;
import dev.weft.cli.command.CommandContext;
import dev.weft.cli.command.CompletionCommand;
import dev.weft.cli.command.DemoServerCommand;
import dev.weft.cli.command.FetchCommand;
import dev.weft.cli.command.HelpCommand;
import dev.weft.cli.command.ManPagesCommand;
import dev.weft.cli.command.PsCommand;
import dev.weft.cli.command.PstreeCommand;
import dev.weft.cli.command.SeveralLinesException;
import dev.weft.cli.command.TimelineCommand;
import dev.weft.cli.command.TopCommand;
import dev.weft.cli.command.VersionCommand;
import dev.weft.cli.command.WeftCommand;
import dev.weft.cli.command.WorkerCommand;
import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.model.Stopwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine;

/** The program, in a given world: reads the command line, does what it says, and answers with an exit code. */
final class Program {

    private static final int WIDTH = 80;

    /** Commands that need to know of all the others. */
    private static final Set<String> TELL_OF_ALL = Set.of("completion", "man-pages", "help");

    private final StandardIo io;
    private final Diagnostics diagnostics;
    private final CommandContext context;
    private final StringWriter help = new StringWriter();

    Program(StandardIo io) {
        this(io, Stopwatch.start());
    }

    Program(StandardIo io, Stopwatch sinceStart) {
        this.io = io;
        this.diagnostics = new Diagnostics(io);
        this.context = new CommandContext(io, sinceStart);
    }

    /**
     * Runs a command line.
     *
     * @return the exit code
     */
    int run(String... args) {
        var lost = IntStream.range(0, args.length)
                .filter(i -> args[i].indexOf('\ufffd') >= 0)
                .findFirst();
        if (lost.isPresent()) {
            diagnostics.line("weft: argument " + (lost.getAsInt() + 1) + ", '" + args[lost.getAsInt()]
                    + "', has bytes that are no text in this locale's charset, "
                    + System.getProperty("sun.jnu.encoding")
                    + ": run it with LC_ALL=C.UTF-8, or escape them, as in %C3%A9");
            return ExitCode.USAGE;
        }
        int code;
        try {
            code = commandLine(needed(args)).execute(args);
        } catch (Error e) {
            // the JVM's own exit code for it would mean that some were not ok
            return reportFault(e);
        }
        return help.getBuffer().isEmpty() ? code : showHelp();
    }

    /** Writes the help or the version that was asked for: not by a {@link PrintWriter}, which swallows exceptions. */
    private int showHelp() {
        try {
            io.out().write(help.toString().getBytes(StandardCharsets.UTF_8));
            io.out().flush();
            return ExitCode.OK;
        } catch (IOException e) {
            return diagnostics.notWritten("the help", e);
        }
    }

    /** All commands, and how they are read. */
    CommandLine commandLine() {
        return commandLine(commands().keySet());
    }

    /** Of these commands alone: the others would be built for nothing. */
    private CommandLine commandLine(Set<String> names) {
        var line = new CommandLine(new WeftCommand());
        commands().forEach((name, command) -> {
            if (names.contains(name)) {
                line.addSubcommand(command.get());
            }
        });
        line.setOut(new PrintWriter(help, true));
        line.setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                io.colourOnOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(26);
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler((e, _) -> reportUsage(e));
        line.setExecutionExceptionHandler((e, _, _) -> reportFault(e));
        return line;
    }

    /** In the order of the help. */
    private Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("fetch", () -> new FetchCommand(context));
        commands.put("check", () -> new CheckCommand(context));
        commands.put("worker", () -> new WorkerCommand(context));
        commands.put("certificates", () -> new CertificatesCommand(context));
        commands.put("demo-server", () -> new DemoServerCommand(context));
        commands.put("ps", () -> new PsCommand(context));
        commands.put("pstree", () -> new PstreeCommand(context));
        commands.put("top", () -> new TopCommand(context));
        commands.put("timeline", () -> new TimelineCommand(context));
        commands.put("completion", () -> new CompletionCommand(context));
        commands.put("man-pages", () -> new ManPagesCommand(context));
        commands.put("version", VersionCommand::new);
        commands.put("help", HelpCommand::new);
        return commands;
    }

    /** Which commands a command line can be about: the one that it begins with, unless that tells of others. */
    private Set<String> needed(String... args) {
        var all = commands().keySet();
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            return Set.of();
        }
        return args.length > 0 && all.contains(args[0]) && !TELL_OF_ALL.contains(args[0]) ? Set.of(args[0]) : all;
    }

    private int reportUsage(CommandLine.ParameterException e) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e instanceof SeveralLinesException) {
            diagnostics.lines(command + ": " + message(e));
        } else {
            diagnostics.line(command + ": " + message(e));
        }
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            var suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                diagnostics.line("Did you mean " + String.join(" or ", suggestions) + "?");
            }
        }
        diagnostics.line("See '" + command + " --help'.");
        return ExitCode.USAGE;
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

    private int reportFault(Throwable e) {
        diagnostics.message("a fault of weft itself, please report it:");
        diagnostics.trace(e);
        return ExitCode.INTERNAL;
    }
}
