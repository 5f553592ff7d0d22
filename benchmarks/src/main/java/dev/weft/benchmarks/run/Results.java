package dev.weft.benchmarks.run;

import dev.weft.benchmarks.Cores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one run has found: what {@code results.json} holds, and the report is made from.
 *
 * @param machine where
 * @param conduct how
 * @param series what was measured
 * @param gaps what was not, and why
 */
record Results(Machine machine, Conduct conduct, List<Series> series, List<Gap> gaps) {

    /**
     * How a run was made.
     *
     * @param date when it began, in ISO 8601
     * @param command as it was typed
     * @param tookSeconds how long it took
     * @param settings how often and how long each benchmark ran
     */
    record Conduct(String date, String command, long tookSeconds, Settings settings) {}

    /**
     * The raw samples of one peer at one case.
     *
     * @param size the workload's parameter; null, if it has none
     * @param items the items of one invocation
     * @param rounds for each figure, for each round, the samples: nanoseconds per invocation, or what the workload
     *     reported
     */
    record Series(
            String workload, @Nullable Long size, String peer, long items, Map<String, List<List<Double>>> rounds) {}

    /** Why there is nothing. */
    enum Reason {
        FAILED,
        SKIPPED
    }

    /** A peer without figures at a case, and what was said of it. */
    record Gap(String workload, @Nullable Long size, String peer, Reason reason, String message) {}

    /** A figure; empty, if it was not measured, or not to the end. */
    Optional<Summary> summary(Workload.Case at, Peer peer, Metric metric) {
        if (gap(at, peer).isPresent()) {
            return Optional.empty();
        }
        return series.stream()
                .filter(s -> matches(at, peer, s.workload, s.size, s.peer))
                .map(s -> comparable(metric, join(s, metric.source()), join(s, Cores.METRIC)))
                .reduce(Results::join)
                .filter(samples -> !samples.isEmpty())
                .map(samples -> Summary.of(samples.stream().map(metric::figure).toList()));
    }

    Optional<Gap> gap(Workload.Case at, Peer peer) {
        return gaps.stream()
                .filter(g -> matches(at, peer, g.workload, g.size, g.peer))
                .findFirst();
    }

    /** The cases of a workload that this run has tried. */
    List<Workload.Case> cases(Workload workload) {
        return workload.cases(false).stream()
                .filter(at -> List.of(Peer.values()).stream().anyMatch(peer -> tried(at, peer)))
                .toList();
    }

    private boolean tried(Workload.Case at, Peer peer) {
        return gap(at, peer).isPresent()
                || series.stream().anyMatch(s -> matches(at, peer, s.workload, s.size, s.peer));
    }

    boolean anyFailed() {
        return gaps.stream().anyMatch(gap -> gap.reason == Reason.FAILED);
    }

    private static boolean matches(Workload.Case at, Peer peer, String workload, @Nullable Long size, String peerId) {
        return at.workload().id().equals(workload)
                && peer.id().equals(peerId)
                && (size == null ? at.size().isEmpty() : at.size().orElse(0) == size);
    }

    private List<Double> comparable(Metric metric, List<Double> samples, List<Double> distances) {
        return machine.distances() == null || !metric.source().equals(Metric.TIME)
                ? samples
                : machine.distances().nearOf(samples, distances);
    }

    /** The samples of all rounds. */
    private static List<Double> join(Series series, String source) {
        return series.rounds.getOrDefault(source, List.of()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Double> join(List<Double> first, List<Double> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
