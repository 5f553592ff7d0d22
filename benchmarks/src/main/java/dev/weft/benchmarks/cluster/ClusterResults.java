package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.JsonFile;
import dev.weft.benchmarks.run.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a run has found.
 *
 * @param series the samples
 * @param gaps what could not be measured
 */
record ClusterResults(Machine machine, Conduct conduct, List<Series> series, List<Gap> gaps) {

    /**
     * How the run went.
     *
     * @param date when it began
     * @param command what was typed
     */
    record Conduct(String date, String command, long tookSeconds, Extent extent) {}

    /**
     * The samples of one peer at one row, in the row's unit.
     *
     * @param rounds those of each round
     */
    record Series(String row, String peer, List<List<Double>> rounds) {

        List<Double> samples() {
            return rounds.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * A peer that has not been measured at a row, or a whole scene of it.
     *
     * @param isFailure whether it should have been
     */
    record Gap(String what, String peer, boolean isFailure, String message) {}

    /** The samples, if there are any. */
    Optional<List<Double>> samples(ClusterRow row, ClusterPeer peer) {
        return series.stream()
                .filter(each -> each.row().equals(row.id()) && each.peer().equals(peer.id()))
                .map(Series::samples)
                .filter(samples -> !samples.isEmpty())
                .findFirst();
    }

    boolean hasFailed() {
        return gaps.stream().anyMatch(Gap::isFailure);
    }

    /** Its file in a folder. */
    static JsonFile file(Path folder) {
        return new JsonFile(folder.resolve("cluster-results.json"));
    }

    /** Reads what was written to {@link #file}. */
    static ClusterResults read(Path folder) throws IOException {
        var file = file(folder);
        return file.read(ClusterResults.class)
                .filter(results -> results.machine() != null
                        && results.conduct() != null
                        && results.conduct().extent() != null
                        && results.series() != null
                        && results.gaps() != null)
                .orElseThrow(file::lacking);
    }
}
