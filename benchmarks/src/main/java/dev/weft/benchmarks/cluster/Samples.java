package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.cluster.ClusterResults.Gap;
import dev.weft.benchmarks.cluster.ClusterResults.Series;
import dev.weft.benchmarks.run.Console;
import dev.weft.benchmarks.run.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The samples of a run, as they come. Each is told on the terminal. */
final class Samples {

    private final Console console;
    private final List<Series> series = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    Samples(Console console) {
        this.console = console;
    }

    /** Adds a round, in the unit of the row. */
    void add(ClusterRow row, ClusterPeer peer, List<Double> samples) {
        var found = series.stream()
                .filter(each -> each.row().equals(row.id()) && each.peer().equals(peer.id()))
                .findFirst();
        if (found.isPresent()) {
            found.get().rounds().add(samples);
        } else {
            series.add(new Series(row.id(), peer.id(), new ArrayList<>(List.of(samples))));
        }
        console.line(String.format(
                Locale.ROOT,
                "%-18s %-14s %12s %s",
                row.id(),
                peer.id(),
                Numbers.figure(ClusterLimit.Figure.P50.of(samples)),
                row.unit()));
    }

    /** Adds one time. */
    void addMicros(ClusterRow row, ClusterPeer peer, double micros) {
        add(row, peer, List.of(row.ofMicros(micros)));
    }

    /** Notes what is missing. */
    void gap(String what, ClusterPeer peer, boolean isFailure, String message) {
        gaps.add(new Gap(what, peer.id(), isFailure, message));
        console.line(String.format(
                Locale.ROOT, "%-18s %-14s %s: %s", what, peer.id(), isFailure ? "failed" : "skipped", message));
    }

    List<Series> series() {
        return List.copyOf(series);
    }

    List<Gap> gaps() {
        return List.copyOf(gaps);
    }
}
