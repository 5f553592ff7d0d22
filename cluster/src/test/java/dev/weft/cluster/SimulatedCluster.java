package dev.weft.cluster;

import static java.time.Duration.ofMinutes;

import dev.weft.Weft;
import dev.weft.test.Simulation;
import dev.weft.test.SimulationError;
import dev.weft.test.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Members of one cluster in one simulation. All are closed at the end, and must then have nothing left. */
final class SimulatedCluster {

    /** How many schedules each test tries: {@code -Dweft.cluster.seeds=10000} for a night. */
    static final int SEEDS = Integer.getInteger("weft.cluster.seeds", 25);

    /** Where the seeds begin: {@code -Dweft.cluster.seed=10000} goes on after those of the night before. */
    private static final long FIRST_SEED = Long.getLong("weft.cluster.seed", 1);

    static final Handler<String, String> ECHO = Handler.of("echo", Codecs.text(), Codecs.text());

    interface Scenario {
        void play(SimulatedCluster cluster) throws Exception;
    }

    final World world;
    final MemoryNetwork network;
    private final List<Workers> opened = new ArrayList<>();
    private final List<MemoryNetwork.End> ends = new ArrayList<>();

    private SimulatedCluster(World world) {
        this.world = world;
        this.network = new MemoryNetwork(world);
    }

    static void explore(Scenario scenario) throws Exception {
        explore(SEEDS, scenario);
    }

    static void explore(int seeds, Scenario scenario) throws Exception {
        Simulation.create()
                .firstSeed(FIRST_SEED)
                .turnLimit(ofMinutes(1)) // many seeds run in the background, where classes are loaded slowly
                .cancellationGrace(ofMinutes(5))
                .explore(seeds, world -> play(world, scenario));
    }

    /** As often as there are waits to be cancelled at. */
    static int sweep(Scenario scenario) throws Exception {
        return Simulation.create()
                .cancellationGrace(ofMinutes(5))
                .allow(SimulationError.Kind.UNOBSERVED_FAILURE)
                .sweep(world -> play(world, scenario));
    }

    static void play(World world, Scenario scenario) throws Exception {
        var cluster = new SimulatedCluster(world);
        try {
            Weft.timeout(ofMinutes(3), () -> {
                scenario.play(cluster);
                return true;
            });
        } finally {
            cluster.closeAll();
        }
    }

    private void closeAll() throws InterruptedException {
        for (var workers : opened.reversed()) {
            workers.close();
            var left = workers.snapshot();
            if (left.open() + left.waiting() + left.running() + left.calling() > 0) {
                throw new AssertionError("left after close: " + left);
            }
            var sum = left.ok() + left.failed() + left.cancelled() + left.expired() + left.lost();
            if (left.called() != sum) {
                throw new AssertionError("not each call has one outcome: " + left);
            }
        }
    }

    Workers open(String name, Consumer<WorkersBuilder> settings) throws Exception {
        var builder = Workers.builder("test").name(name);
        settings.accept(builder);
        var end = network.newMember();
        var workers = builder.open(end);
        opened.add(workers);
        ends.add(end);
        return workers;
    }

    /** A member that serves nothing. */
    Workers caller(String name) throws Exception {
        return open(name, builder -> {});
    }

    MemoryNetwork.End end(Workers workers) {
        return ends.get(opened.indexOf(workers));
    }

    void kill(Workers workers) {
        network.kill(end(workers));
    }

    /** Until {@code workers} see so many others, and have been granted their shares. */
    void awaitMembers(Workers workers, int count) throws InterruptedException {
        await(() -> workers.members().size() == count);
        Weft.sleep(Duration.ofSeconds(1)); // the others may be told of it later
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Weft.sleep(Duration.ofMillis(5));
        }
    }
}
