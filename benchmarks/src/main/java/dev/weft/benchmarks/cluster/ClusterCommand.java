package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import dev.weft.benchmarks.run.Console;
import dev.weft.benchmarks.run.Machine;
import dev.weft.benchmarks.run.Numbers;
import dev.weft.benchmarks.run.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
        name = "benchmarks/run cluster",
        mixinStandardHelpOptions = false,
        description = "Measures calls to other members of a cluster, beside bare JGroups and Hazelcast, in processes of"
                + " their own, and writes cluster.md and cluster-results.json.",
        footer = {
            "",
            "WEFT_MEMBER_OPTS has more options for the JVMs of members, as for a flight recording.",
            "As root on Linux it also takes a link down, in network namespaces of its own.",
            "Exit codes: 0 all went well, 1 something failed (the report says what, and why), 2 wrong usage."
        })
final class ClusterCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final World world;
    private final String[] args;

    @Option(names = "--quick", description = "One short round, and each loss once.")
    boolean quick;

    @Option(names = "--scene", paramLabel = "NAME", description = "Only calls, losses or link; may be repeated.")
    List<String> chosenScenes = new ArrayList<>();

    @Option(names = "--peer", paramLabel = "NAME", description = "Only this one; may be given several times.")
    List<String> chosenPeers = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write (docs/performance).")
    @Nullable
    Path out;

    @Option(names = "--report-only", description = "Makes the page anew from cluster-results.json, without measuring.")
    boolean reportOnly;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    boolean help;

    private ClusterCommand(World world, String[] args) {
        this.world = world;
        this.args = args;
    }

    /** Does what the arguments say; returns the exit code. */
    static int execute(World world, String... args) {
        var line = new CommandLine(new ClusterCommand(world, args));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, _) -> {
            world.console().warn(String.valueOf(e.getMessage()));
            world.console().warn("see benchmarks/run cluster --help");
            return USAGE;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        var extent = quick ? Extent.QUICK : Extent.FULL;
        var scenes = chosen(scenes(extent));
        var folder = out == null ? world.reports() : out;
        try {
            if (reportOnly) {
                write(folder, ClusterResults.read(folder));
                return 0;
            }
            prepare(folder);
            return measure(folder, extent, scenes);
        } catch (IOException e) {
            world.console().warn(e.getMessage() + " (" + e.getClass().getSimpleName() + ")");
            return USAGE;
        }
    }

    private List<Scene> chosen(List<Scene> all) {
        check("scene", chosenScenes, all.stream().map(Scene::name));
        check("peer", chosenPeers, all.stream().map(scene -> scene.peer().id()));
        var left = all.stream()
                .filter(scene -> chosenScenes.isEmpty() || chosenScenes.contains(scene.name()))
                .filter(scene -> chosenPeers.isEmpty()
                        || chosenPeers.contains(scene.peer().id()))
                .toList();
        if (left.isEmpty()) {
            throw wrong("there is no scene " + chosenScenes + " of " + chosenPeers);
        }
        return left;
    }

    private void check(String what, List<String> given, Stream<String> known) {
        var ids = known.distinct().toList();
        for (var id : given) {
            if (!ids.contains(id)) {
                throw wrong("no " + what + " is called '" + id + "'; there are " + String.join(", ", ids));
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(new CommandLine(this), message);
    }

    private static void prepare(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", null));
        } catch (IOException e) {
            throw new IOException("cannot write to " + folder + "; name another folder with --out", e);
        }
    }

    private void write(Path folder, ClusterResults results) throws IOException {
        var page = folder.resolve("cluster.md");
        Files.writeString(page, ClusterPage.of(results));
        world.console().line("The report: " + page);
    }

    private int measure(Path folder, Extent extent, List<Scene> scenes) throws IOException, InterruptedException {
        var began = Instant.now();
        var machine = Machine.ofClusters(world.weftVersion());
        if (machine.busy()) {
            world.console()
                    .warn("the machine is not at rest (load average " + Numbers.ratio(machine.loadAverage())
                            + "): the figures will be blurred");
        }
        var samples = new Samples(world.console());
        try (var work = new WorkFolder()) {
            Certificates.make(work.path());
            for (var scene : scenes) {
                play(scene, work.path(), extent, samples);
            }
        }
        var conduct = new ClusterResults.Conduct(
                began.truncatedTo(ChronoUnit.SECONDS).toString(),
                ("benchmarks/run cluster " + String.join(" ", args)).strip(),
                Duration.between(began, Instant.now()).toSeconds(),
                extent);
        var results = new ClusterResults(machine, conduct, samples.series(), samples.gaps());
        ClusterResults.file(folder).write(results);
        write(folder, results);
        world.console().line("Took " + Numbers.duration(Duration.ofSeconds(conduct.tookSeconds())) + ".");
        return results.hasFailed() ? FAILED : 0;
    }

    /** In the order of playing; each round begins with another peer. */
    static List<Scene> scenes(Extent extent) {
        var scenes = new ArrayList<Scene>();
        var peers = new ArrayList<>(List.of(
                ClusterPeer.WEFT,
                ClusterPeer.JGROUPS,
                ClusterPeer.HAZELCAST,
                ClusterPeer.WEFT_TLS,
                ClusterPeer.JGROUPS_TLS));
        for (var round = 0; round < extent.rounds(); round++) {
            peers.forEach(peer -> scenes.add(new CallScene(peer)));
            Collections.rotate(peers, -1);
        }
        for (var peer : List.of(ClusterPeer.WEFT, ClusterPeer.JGROUPS, ClusterPeer.HAZELCAST)) {
            scenes.add(new LossScene(peer));
        }
        scenes.add(new LinkScene());
        return List.copyOf(scenes);
    }

    /** A failure is noted, and does not stop the others. */
    private static void play(Scene scene, Path folder, Extent extent, Samples samples) throws InterruptedException {
        try {
            scene.play(folder, extent, samples);
        } catch (BenchmarkFailedException e) {
            samples.gap(scene.name(), scene.peer(), true, e.reason());
        } catch (IOException e) {
            samples.gap(scene.name(), scene.peer(), true, String.valueOf(e.getMessage()));
        }
    }

    /** A folder for what members need and say, which is gone afterwards. */
    private static final class WorkFolder implements AutoCloseable {

        private final Path path;
        private final Thread atExit = new Thread(this::delete);

        WorkFolder() throws IOException {
            path = Files.createTempDirectory("weft-cluster-benchmarks-");
            Runtime.getRuntime().addShutdownHook(atExit);
        }

        Path path() {
            return path;
        }

        private void delete() {
            try (var files = Files.walk(path)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // it stays in the system's folder of temporary files
            }
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                return; // the hook does it
            }
            delete();
        }
    }

    /** The start of {@code benchmarks/run cluster}. */
    public static void main(String[] args) {
        var world = World.ofProcess();
        var console = new Console("benchmarks/run cluster", System.out, System.err);
        System.exit(execute(world.with(console), args));
    }
}
