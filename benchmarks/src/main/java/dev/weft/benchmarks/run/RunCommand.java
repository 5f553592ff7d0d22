package dev.weft.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = false,
        description = "Measures Weft and its peers on the same work, and writes tables and plots.",
        footer = {
            "",
            "benchmarks/run cluster measures calls to other members of a cluster; it has a --help of its own.",
            "Exit codes: 0 all went well, 1 a benchmark failed (the report says which, and why), 2 wrong usage.",
            "WEFT_PYTHON names the Python for asyncio (python3); WEFT_JAVA_HOME the Java to run on."
        })
final class RunCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int MOST_ROUNDS = 1_000;

    private final World world;
    private final String[] args;

    @Option(names = "--quick", description = "Fewer and shorter rounds and fewer sizes: ends within ten minutes.")
    boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each peer has its turn (5; quick: 1).")
    @Nullable
    Integer rounds;

    @Option(names = "--workload", paramLabel = "NAME", description = "Only this one; may be given several times.")
    List<String> workloads = new ArrayList<>();

    @Option(names = "--peer", paramLabel = "NAME", description = "Only this one; may be given several times.")
    List<String> peers = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (docs/performance).")
    @Nullable
    Path out;

    @Option(names = "--list", description = "Lists the workloads, their sizes and peers, and ends.")
    boolean list;

    @Option(names = "--report-only", description = "Makes the pages anew from results.json, without measuring.")
    boolean reportOnly;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    boolean help;

    private RunCommand(World world, String[] args) {
        this.world = world;
        this.args = args;
    }

    /** Does what the arguments say; returns the exit code. */
    static int execute(World world, String... args) {
        var line = new CommandLine(new RunCommand(world, args));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, _) -> {
            world.console().warn(String.valueOf(e.getMessage()));
            world.console().warn("see benchmarks/run --help");
            return USAGE;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        var chosenWorkloads = chosenWorkloads();
        var chosenPeers = chosenPeers();
        if (rounds != null && (rounds < 1 || rounds > MOST_ROUNDS)) {
            throw wrong("--rounds " + rounds + " must be from 1 to " + MOST_ROUNDS);
        }
        if (list) {
            chosenWorkloads.forEach(workload -> world.console().line(description(workload, chosenPeers)));
            return 0;
        }
        var folder = out == null ? world.reports() : out;
        try {
            if (reportOnly) {
                new Report(folder).write(new ResultsFile(folder).read());
                world.console().line("The report is made anew: " + folder.resolve("README.md"));
                return 0;
            }
            prepare(folder);
            return measure(folder, chosenWorkloads, chosenPeers);
        } catch (IOException e) {
            world.console().warn(e.getMessage() + " (" + e.getClass().getSimpleName() + ")");
            return USAGE;
        }
    }

    private List<Workload> chosenWorkloads() {
        for (var id : workloads) {
            if (Workload.find(id).isEmpty()) {
                throw wrong("no workload is called '" + id + "'; there are " + Workload.ids());
            }
        }
        return Workload.ALL.stream()
                .filter(workload -> workloads.isEmpty() || workloads.contains(workload.id()))
                .toList();
    }

    private List<Peer> chosenPeers() {
        for (var id : peers) {
            if (Peer.find(id).isEmpty()) {
                throw wrong("no peer is called '" + id + "'; there are " + Peer.ids());
            }
        }
        return Stream.of(Peer.values())
                .filter(peer -> peers.isEmpty() || peers.contains(peer.id()))
                .toList();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(new CommandLine(this), message);
    }

    private static String description(Workload workload, List<Peer> chosen) {
        var methods = JmhBench.methods(workload);
        var sizes = workload.sizes().stream().map(Numbers::whole).collect(Collectors.joining(" "));
        return String.format(
                "%-16s %s%s%n%16s %s",
                workload.id(),
                workload.title(),
                sizes.isEmpty() ? "" : ": " + sizes,
                "",
                chosen.stream()
                        .filter(peer -> !peer.onJvm() || methods.contains(peer.method()))
                        .map(Peer::id)
                        .collect(Collectors.joining(" ")));
    }

    /** Makes sure that hours of measuring will have a place to be told in. */
    private static void prepare(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", null));
        } catch (IOException e) {
            throw new IOException("cannot write to " + folder + "; name another folder with --out", e);
        }
    }

    private int measure(Path folder, List<Workload> chosenWorkloads, List<Peer> chosenPeers)
            throws IOException, InterruptedException {
        var base = quick ? Settings.QUICK : Settings.FULL;
        var settings = rounds == null ? base : base.withRounds(rounds);
        var began = Instant.now();
        var python = Python.find(world.python());
        var machine = Machine.here(world.weftVersion(), python);
        if (machine.busy()) {
            world.console()
                    .warn("the machine is not at rest (load average " + Numbers.ratio(machine.loadAverage())
                            + "): the figures will be blurred");
        }
        var log = Files.createTempFile("weft-benchmarks-", ".log");
        if (!python.found() && chosenPeers.contains(Peer.ASYNCIO)) {
            world.console().warn("asyncio is left out: " + python.text());
        }
        world.console().line("What JMH and Python say goes to " + log);
        try (var stream = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            var session = new Session(
                    List.of(
                            new JmhBench(settings, machine.near(), stream),
                            new AsyncioBench(settings, python, world.script(), log)),
                    settings,
                    Machine::freeMemory,
                    () -> settings.limitSeconds() instanceof Integer limit
                            && since(began).toSeconds() >= limit,
                    world.console());
            var file = new ResultsFile(folder);
            for (var workload : chosenWorkloads) {
                for (var at : workload.cases(quick)) {
                    session.measure(at, chosenPeers);
                    // After each, so that a run that is broken off has told what it knew.
                    file.write(results(session, machine, began, settings));
                }
            }
            var results = results(session, machine, began, settings);
            new Report(folder).write(results);
            world.console()
                    .line("Took " + Numbers.duration(since(began)) + ". The report: " + folder.resolve("README.md"));
            return results.anyFailed() ? FAILED : 0;
        }
    }

    private Results results(Session session, Machine machine, Instant began, Settings settings) {
        var command = ("benchmarks/run " + String.join(" ", args)).strip();
        var conduct = new Results.Conduct(
                began.truncatedTo(ChronoUnit.SECONDS).toString(),
                command,
                since(began).toSeconds(),
                settings);
        return new Results(machine, conduct, session.series(), session.gaps());
    }

    private static Duration since(Instant began) {
        return Duration.between(began, Instant.now());
    }
}
