package dev.weft.benchmarks.run;

import dev.weft.benchmarks.Cores;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Where peers spend their time at one workload. */
@Command(
        name = "benchmarks/profile",
        description =
                "Prints a table of the processor time per item, by what it is spent for, or of the memory, by class: a"
                        + " column for each peer.",
        footer = {"", "Exit codes: 0 all went well, 1 a benchmark failed, 2 wrong usage."})
final class ProfileCommand implements Callable<Integer> {

    private static final int USAGE = 2;
    private static final int FRAMES_SHOWN = 6;
    private static final String BYTES = "bytes";

    /** One JVM for each peer, warmed up for longer than to measure: a profile of the interpreter is of no use. */
    private static final Settings SETTINGS = new Settings(1, 2, 1, 6_000, null);

    private static final int MOST_TRIES = 4;

    @Parameters(index = "0", paramLabel = "WORKLOAD", description = "As benchmarks/run --list has it.")
    String workload = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PEER", description = "One of those, or several.")
    List<String> peers = new ArrayList<>();

    @Option(names = "--size", paramLabel = "N", description = "Of a workload that has sizes: one of them.")
    @Nullable
    Long size;

    @Option(names = "--frames", description = "Adds the frames that most of the time is spent in.")
    boolean frames;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    boolean help;

    private final Console console;

    private ProfileCommand(Console console) {
        this.console = console;
    }

    /** Exits with 0, 1 if a benchmark failed, or 2 if there is nothing to profile. */
    public static void main(String[] args) {
        System.exit(execute(new Console("benchmarks/profile", System.out, System.err), args));
    }

    /** Does what the arguments say; returns the exit code. */
    static int execute(Console console, String... args) {
        var line = new CommandLine(new ProfileCommand(console));
        line.setParameterExceptionHandler((e, _) -> {
            console.warn(String.valueOf(e.getMessage()));
            console.warn("see benchmarks/profile --help");
            return USAGE;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var at = chosenCase();
        var chosen = peers.stream().map(this::chosenPeer).toList();
        for (var peer : chosen) {
            if (!peer.onJvm() || !JmhBench.methods(at.workload()).contains(peer.method())) {
                throw wrong("'" + peer.id() + "' does not do " + workload + " on the JVM; there are "
                        + String.join(", ", JmhBench.methods(at.workload())));
            }
        }
        if (holdsMemory(at.workload())) {
            return profileMemory(at, chosen);
        }
        var columns = new LinkedHashMap<Peer, Column>();
        var distances = CoreDistances.here();
        var near = distances == null ? OptionalDouble.empty() : distances.near();
        try {
            for (var peer : chosen) {
                columns.put(peer, measureNear(at, peer, near));
            }
        } catch (BenchmarkFailedException e) {
            console.warn(e.reason());
            return 1;
        }
        table(at, columns).forEach(console::line);
        if (frames) {
            columns.forEach((peer, column) -> printFrames(peer, column));
        }
        return 0;
    }

    private Workload.Case chosenCase() {
        var chosen = Workload.find(workload)
                .orElseThrow(() -> wrong("no workload is called '" + workload + "'; there are " + Workload.ids()));
        if (chosen.kind() == Workload.Kind.ONCE && !holdsMemory(chosen)) {
            throw wrong("'" + workload + "' is run once in a process: there is nothing to sample");
        }
        if (chosen.sizes().isEmpty()) {
            if (size != null) {
                throw wrong("'" + workload + "' has no sizes: leave out --size " + size);
            }
            return chosen.cases(false).getFirst();
        }
        if (size == null || !chosen.sizes().contains(size)) {
            throw wrong("--size of '" + workload + "' must be one of "
                    + chosen.sizes().stream().map(Object::toString).collect(Collectors.joining(", "))
                    + (size == null ? "" : ", not " + size));
        }
        return chosen.at(size);
    }

    private static boolean holdsMemory(Workload workload) {
        return workload.cases(false).getFirst().primary().id().equals(BYTES);
    }

    private int profileMemory(Workload.Case at, List<Peer> chosen) throws IOException {
        var log = Files.createTempFile("weft-profile-", ".txt");
        try (var stream = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            var bench = new JmhBench(SETTINGS, OptionalDouble.empty(), stream);
            var columns = new LinkedHashMap<Peer, Map<String, List<Double>>>();
            for (var peer : chosen) {
                columns.put(peer, bench.measure(at, peer));
            }
            MemoryTable.of(at, columns).forEach(console::line);
            return 0;
        } catch (BenchmarkFailedException e) {
            console.warn(e.reason());
            return 1;
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private Peer chosenPeer(String id) {
        return Peer.find(id).orElseThrow(() -> wrong("no peer is called '" + id + "'; there are " + Peer.ids()));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(new CommandLine(this), message);
    }

    /**
     * @param nanos time per item
     * @param distance a word's round trip between the cores, in nanoseconds; 0 if it is all one where they are
     */
    private record Column(double nanos, double items, double distance, Profile profile) {
        double of(Spent spent) {
            return profile.nanos().getOrDefault(spent, 0.0) / items;
        }
    }

    /** Measures until the cores have stayed near, or some times. */
    private static Column measureNear(Workload.Case at, Peer peer, OptionalDouble near)
            throws IOException, BenchmarkFailedException {
        var column = measure(at, peer, near);
        for (var tries = 1; tries < MOST_TRIES && column.distance > near.orElse(Double.MAX_VALUE); tries++) {
            column = measure(at, peer, near);
        }
        return column;
    }

    private static Column measure(Workload.Case at, Peer peer, OptionalDouble near)
            throws IOException, BenchmarkFailedException {
        var folder = Files.createTempDirectory("weft-profile-");
        var recording = folder.resolve("recording.jfr");
        var settings = folder.resolve("settings.jfc");
        var log = folder.resolve("log.txt");
        Profile.writeSettings(settings);
        try (var stream = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            var samples = new JmhBench(SETTINGS, near, stream, Profile.options(recording, settings)).measure(at, peer);
            var nanos = Summary.of(samples.get(Metric.TIME)).median() / at.items();
            var measured = SETTINGS.iteration().multipliedBy(SETTINGS.iterations());
            // the last iteration is not cut: it is followed by the end of the JVM
            var part = measured.minus(Duration.ofMillis(200));
            var distance = samples.getOrDefault(Cores.METRIC, List.of(0.0)).getLast();
            return new Column(nanos, part.toNanos() / nanos, distance, Profile.read(recording, part));
        } finally {
            Files.deleteIfExists(recording);
            Files.deleteIfExists(settings);
            Files.deleteIfExists(log);
            Files.delete(folder);
        }
    }

    /** The unit without its time, and of a single item: {@code ms per 1,000 requests} is {@code per request}. */
    static String perItem(String unit) {
        return unit.replaceFirst("^\\S+ ", "").replaceFirst("^per [\\d,]+ (\\w+)s$", "per $1");
    }

    private static List<String> table(Workload.Case at, Map<Peer, Column> columns) {
        var lines = new ArrayList<String>();
        lines.add("| " + at.name() + ", ns of processor time "
                + perItem(at.primary().unit())
                + columns.keySet().stream().map(peer -> " | " + peer.title()).collect(Collectors.joining()) + " |");
        lines.add("| ---" + " | ---:".repeat(columns.size()) + " |");
        for (var spent : Spent.values()) {
            if (columns.values().stream()
                    .anyMatch(column -> column.of(spent) >= 0.005 * column.profile.total() / column.items)) {
                lines.add(row(
                        spent.title(),
                        columns,
                        column -> Numbers.figure(column.of(spent)) + " ("
                                + Math.round(
                                        100 * column.profile.nanos().getOrDefault(spent, 0.0) / column.profile.total())
                                + " %)"));
            }
        }
        lines.add(row("all", columns, column -> Numbers.figure(column.profile.total() / column.items)));
        lines.add(row("time on the clock", columns, column -> Numbers.figure(column.nanos)));
        if (columns.values().stream().anyMatch(column -> column.distance > 0)) {
            lines.add(row("a word from core to core and back", columns, column -> Numbers.figure(column.distance)));
        }
        return lines;
    }

    private interface Cell {
        String of(Column column);
    }

    private static String row(String title, Map<Peer, Column> columns, Cell cell) {
        return "| " + title
                + columns.values().stream()
                        .map(column -> " | " + cell.of(column))
                        .collect(Collectors.joining())
                + " |";
    }

    private void printFrames(Peer peer, Column column) {
        console.line("");
        console.line(peer.title() + ": by innermost frames");
        column.profile
                .innermost()
                .forEach((spent, byFrames) -> byFrames.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(FRAMES_SHOWN)
                        .forEach(entry -> console.line(String.format(
                                Locale.ROOT,
                                "%8.1f  %-40s %s",
                                entry.getValue() / column.items,
                                spent.title(),
                                entry.getKey()))));
    }
}
