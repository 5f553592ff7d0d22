package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Results.Gap;
import dev.weft.benchmarks.run.Results.Reason;
import dev.weft.benchmarks.run.Results.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of many benchmarks. For each case, for each round, each peer has one turn, so that what else the machine does
 * hits all of them alike; each round begins with another peer.
 */
final class Session {

    /** The memory left to the machine, and to the process around the heap. */
    private static final double HEADROOM = 1.25;

    private final List<Bench> benches;
    private final Settings settings;
    private final LongSupplier freeMemory;
    private final BooleanSupplier timeIsUp;
    private final Console console;
    private final List<Series> series = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    Session(
            List<Bench> benches,
            Settings settings,
            LongSupplier freeMemory,
            BooleanSupplier timeIsUp,
            Console console) {
        this.benches = benches;
        this.settings = settings;
        this.freeMemory = freeMemory;
        this.timeIsUp = timeIsUp;
        this.console = console;
    }

    /** The measurements so far. */
    List<Series> series() {
        return List.copyOf(series);
    }

    /** The peers that could not be measured. */
    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** Measures one case, all rounds of it. A benchmark that fails is noted, and does not stop the others. */
    void measure(Workload.Case at, List<Peer> peers) throws InterruptedException {
        var turns = new ArrayList<Turns>();
        for (var peer : peers) {
            bench(at.workload(), peer).ifPresent(bench -> turns.add(new Turns(at, peer, bench)));
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (var each : turns) {
                each.take(round);
            }
            Collections.rotate(turns, -1);
        }
        turns.sort((a, b) -> a.peer.compareTo(b.peer));
        turns.forEach(Turns::keep);
    }

    private Optional<Bench> bench(Workload workload, Peer peer) {
        return benches.stream().filter(bench -> bench.has(workload, peer)).findFirst();
    }

    /** Why a benchmark cannot be started now; empty, if it can. */
    private Optional<String> hindrance(Bench bench, Workload.Case at) {
        if (bench.unavailable().isPresent()) {
            return bench.unavailable();
        }
        if (timeIsUp.getAsBoolean()) {
            return Optional.of("the time for the whole run was used up; without --quick there is no limit");
        }
        long needed = (long) (at.heapBytes() * HEADROOM);
        long free = freeMemory.getAsLong();
        return needed <= free
                ? Optional.empty()
                : Optional.of("too little memory: it needs " + Numbers.gibibytes(needed) + ", and "
                        + Numbers.gibibytes(free) + " are free");
    }

    private static @Nullable Long boxed(OptionalLong size) {
        return size.isPresent() ? size.getAsLong() : null;
    }

    /** All that one peer does at one case. */
    private final class Turns {

        private final Workload.Case at;
        private final Peer peer;
        private final Bench bench;
        private final Map<String, List<List<Double>>> rounds = new HashMap<>();
        private boolean over;

        Turns(Workload.Case at, Peer peer, Bench bench) {
            this.at = at;
            this.peer = peer;
            this.bench = bench;
        }

        void take(int round) throws InterruptedException {
            if (over) {
                return;
            }
            var hindrance = hindrance(bench, at);
            if (hindrance.isPresent()) {
                // The rounds that a peer has had are a result; only one that never had a turn is missing.
                over = true;
                if (rounds.isEmpty()) {
                    end(Reason.SKIPPED, hindrance.get());
                }
                return;
            }
            try {
                var samples = bench.measure(at, peer);
                check(samples);
                samples.forEach((metric, values) ->
                        rounds.computeIfAbsent(metric, _ -> new ArrayList<>()).add(List.copyOf(values)));
                var metric = at.primary();
                console.result(at, peer, round, settings, metric, Summary.of(figures(metric, samples)));
            } catch (BenchmarkFailedException e) {
                end(Reason.FAILED, e.reason());
            }
        }

        private void end(Reason reason, String message) {
            over = true;
            gaps.add(new Gap(at.workload().id(), boxed(at.size()), peer.id(), reason, message));
            console.gap(at, peer, reason, message);
        }

        void keep() {
            if (!rounds.isEmpty()) {
                series.add(new Series(at.workload().id(), boxed(at.size()), peer.id(), at.items(), Map.copyOf(rounds)));
            }
        }

        private void check(Map<String, List<Double>> samples) throws BenchmarkFailedException {
            for (var metric : at.metrics()) {
                if (samples.getOrDefault(metric.source(), List.of()).isEmpty()) {
                    throw new BenchmarkFailedException("it reported no " + metric.source());
                }
            }
        }

        private static List<Double> figures(Metric metric, Map<String, List<Double>> samples) {
            return samples.getOrDefault(metric.source(), List.of()).stream()
                    .map(metric::figure)
                    .toList();
        }
    }
}
