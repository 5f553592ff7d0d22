package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two members and a caller: what members need before the first call, and how fast calls are. */
record CallScene(ClusterPeer peer) implements Scene {

    private static final int WORKERS = 2;
    private static final long REST_MILLIS = 1_000;

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public void play(Path folder, Extent extent, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        try (var fleet = Fleet.local(peer, folder, WORKERS + 1)) {
            var started = new ArrayList<Double>();
            var resident = new ArrayList<Double>();
            var members = new ArrayList<MemberProcess>();
            // one after the other: two that begin a cluster each would have to merge
            for (var i = 1; i <= WORKERS; i++) {
                var member = fleet.start(Side.WORKER + i);
                member.await("open");
                started.add(ClusterRow.START.ofMicros(member.cpuMicros()));
                members.add(member);
            }
            var caller = fleet.start("c1");
            caller.await("open");
            caller.tell("workers " + WORKERS);
            caller.await("sees");
            Thread.sleep(REST_MILLIS);
            for (var member : members) {
                resident.add(member.residentMegabytes());
            }
            samples.add(ClusterRow.START, peer, started);
            samples.add(ClusterRow.MEMORY, peer, resident);
            trips(caller, extent, samples);
            batches(fleet, caller, extent, samples);
            if (peer.isOurs()) {
                samples.add(ClusterRow.CANCEL, peer, caller.ask("cancels " + Extent.CANCELS));
            }
        }
    }

    private void trips(MemberProcess caller, Extent extent, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        caller.ask("trips 100 " + extent.warmUps());
        samples.add(ClusterRow.ROUND_TRIP, peer, caller.ask("trips 100 " + extent.trips()));
        caller.ask("trips 100000 " + extent.trips() / 5);
        samples.add(ClusterRow.ROUND_TRIP_100K, peer, caller.ask("trips 100000 " + extent.trips() / 5));
        caller.ask("trips 1048576 " + extent.trips() / 30);
        samples.add(ClusterRow.ROUND_TRIP_1M, peer, caller.ask("trips 1048576 " + extent.trips() / 30));
    }

    private void batches(Fleet fleet, MemberProcess caller, Extent extent, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        var batch = "batch " + Extent.BATCH + " " + Extent.IN_FLIGHT;
        for (var i = 0; i < extent.warmBatches(); i++) {
            caller.ask(batch);
        }
        var rates = new ArrayList<Double>();
        var before = fleet.cpuMicros();
        for (var i = 0; i < extent.batches(); i++) {
            rates.addAll(caller.ask(batch));
        }
        var spent = fleet.cpuMicros() - before;
        samples.add(ClusterRow.IN_FLIGHT, peer, rates);
        samples.add(ClusterRow.CPU, peer, List.of(spent / extent.batches() / Extent.BATCH));
    }
}
