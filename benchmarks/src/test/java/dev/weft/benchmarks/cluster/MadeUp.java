package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.cluster.ClusterResults.Conduct;
import dev.weft.benchmarks.cluster.ClusterResults.Gap;
import dev.weft.benchmarks.cluster.ClusterResults.Series;
import dev.weft.benchmarks.run.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Results made up for a test. */
final class MadeUp {

    private final List<Series> series = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    MadeUp samples(ClusterRow row, ClusterPeer peer, double... samples) {
        series.add(new Series(
                row.id(), peer.id(), List.of(DoubleStream.of(samples).boxed().toList())));
        return this;
    }

    MadeUp gap(String what, ClusterPeer peer, boolean isFailure, String message) {
        gaps.add(new Gap(what, peer.id(), isFailure, message));
        return this;
    }

    ClusterResults results() {
        var machine =
                new Machine("a processor", 2, 8L << 30, 0.25, "Linux 6", "a Java 25", null, Map.of("Weft", "1.2.3"));
        var conduct = new Conduct("2026-01-02T03:04:05Z", "benchmarks/run cluster --quick", 61, Extent.QUICK);
        return new ClusterResults(machine, conduct, List.copyOf(series), List.copyOf(gaps));
    }
}
