package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Results.Conduct;
import dev.weft.benchmarks.run.Results.Gap;
import dev.weft.benchmarks.run.Results.Reason;
import dev.weft.benchmarks.run.Results.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results made up for a test. */
final class Samples {

    private final List<Series> series = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable CoreDistances distances;

    static Workload.Case at(String id) {
        return Workload.find(id).orElseThrow().cases(false).getFirst();
    }

    static Workload.Case at(String id, long size) {
        return Workload.find(id).orElseThrow().at(size);
    }

    /** A peer's figures, one a round, as they stand in the report. */
    Samples figures(Workload.Case at, Peer peer, double... figures) {
        var rounds = new ArrayList<List<Double>>();
        for (double figure : figures) {
            // All first figures are a multiple of what is recorded.
            rounds.add(List.of(figure / at.primary().figure(1)));
        }
        return raw(at, peer, Map.of(at.primary().source(), rounds));
    }

    /** With cores so far apart. */
    Samples on(CoreDistances between) {
        distances = between;
        return this;
    }

    Samples raw(Workload.Case at, Peer peer, Map<String, List<List<Double>>> rounds) {
        series.add(new Series(at.workload().id(), size(at), peer.id(), at.items(), rounds));
        return this;
    }

    Samples gap(Workload.Case at, Peer peer, Reason reason, String message) {
        gaps.add(new Gap(at.workload().id(), size(at), peer.id(), reason, message));
        return this;
    }

    Results results() {
        var machine = new Machine(
                "a processor", 2, 8L << 30, 0.25, "Linux 6", "a Java 25", distances, Map.of("Weft", "1.2.3"));
        var conduct = new Conduct("2026-01-02T03:04:05Z", "benchmarks/run --quick", 61, Settings.QUICK);
        return new Results(machine, conduct, List.copyOf(series), List.copyOf(gaps));
    }

    private static Long size(Workload.Case at) {
        return at.size().isPresent() ? at.size().getAsLong() : null;
    }
}
