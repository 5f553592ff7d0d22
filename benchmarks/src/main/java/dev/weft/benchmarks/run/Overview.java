package dev.weft.benchmarks.run;

import static dev.weft.benchmarks.run.Peer.ASYNCIO;
import static dev.weft.benchmarks.run.Peer.KOTLIN_DEFAULT;
import static dev.weft.benchmarks.run.Peer.KOTLIN_RUN_BLOCKING;
import static dev.weft.benchmarks.run.Peer.VIRTUAL_THREADS;
import static dev.weft.benchmarks.run.Peer.WEFT;
import static dev.weft.benchmarks.run.Peer.WEFT_CARRIER;
import static dev.weft.benchmarks.run.Peer.WEFT_EVENT_LOOP;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three small tables that say in a minute what a run has found: a line for each kind of work. */
final class Overview {

    /** A line: the work in words, where it is measured, and which figure. */
    private record Line(String work, Workload.Case at, Metric metric) {

        static Line of(String work, String id) {
            var at = workload(id).cases(false).getFirst();
            return new Line(work, at, at.primary());
        }

        static Line of(String work, String id, long size) {
            var at = workload(id).at(size);
            return new Line(work, at, at.primary());
        }

        private static Workload workload(String id) {
            return Workload.find(id).orElseThrow(() -> new IllegalArgumentException("no workload is called " + id));
        }

        Line by(String metricId) {
            return new Line(work, at, at.metric(metricId));
        }

        String heading() {
            return work + ", " + metric.unit();
        }
    }

    private static final List<Line> ON_ALL_CORES = List.of(
            Line.of("start a task and await it", "start-await"),
            Line.of("gather 10 tasks", "gather", 10),
            Line.of("gather 1,000 tasks", "gather", 1_000),
            Line.of("gather 100,000 tasks", "gather", 100_000),
            Line.of("map 10,000 short items, 64 at a time", "map-concurrent", 10_000),
            Line.of("map 10,000 short items, 1,000 at a time", "map-concurrent-wide", 10_000),
            Line.of("map 10,000 items that sleep 10 ms, 1,000 at a time", "map-sleepers", 10_000),
            Line.of("10,000 results as they come", "as-completed", 10_000),
            Line.of("a timeout that does not fire", "timeout-idle"),
            Line.of("cancel 100,000 sleeping tasks", "cancel", 100_000),
            Line.of("put and take through a queue", "queue"),
            Line.of("1,000 requests of 5 calls", "fan-out").by("p99"),
            Line.of("memory of each of 100,000 sleeping tasks", "memory", 100_000),
            Line.of("a program of ten tasks, whole", "program"));

    private static final List<Line> ONE_AT_A_TIME = List.of(
            Line.of("start a task and await it", "start-await"),
            Line.of("gather 10 tasks", "gather", 10),
            Line.of("gather 1,000 tasks", "gather", 1_000),
            Line.of("hand over between two tasks", "hand-over"),
            Line.of("yield", "yield"),
            Line.of("a timeout that does not fire", "timeout-idle"),
            Line.of("memory of each of 100,000 sleeping tasks", "memory", 100_000));

    private static final String NONE = "–";

    private final Results results;

    Overview(Results results) {
        this.results = results;
    }

    /** Lines of Markdown; no line for work that was not measured. */
    List<String> markdown() {
        var text = new ArrayList<String>();
        text.add("**Beside threads.** Tasks run on virtual threads, in Weft as in these libraries; in Weft, items of a"
                + " map and results as they come share some. The last column divides Weft by the faster of the two"
                + " before it; below 1, Weft needs less.");
        text.add("");
        text.addAll(threads());
        text.add("");
        text.add("**Beside coroutines.** A coroutine has no thread and no stack: it starts, switches and sleeps for"
                + " less, and must not block.");
        text.add("");
        text.addAll(coroutines());
        text.add("");
        text.add(
                "**One task at a time.** The event loop with the order of asyncio. *On a carrier* is the same loop in a"
                        + " JVM that opens `java.lang`.");
        text.add("");
        text.addAll(eventLoop());
        text.add("");
        return text;
    }

    private List<String> threads() {
        var lines = new ArrayList<String>();
        for (var line : ON_ALL_CORES) {
            median(line, WEFT).ifPresent(ours -> {
                var best = fastest(line, Budget.ON_THREADS);
                lines.add(cells(
                        line.heading(),
                        figure(line, VIRTUAL_THREADS),
                        best.map(rival -> rival.getKey().title() + " " + Numbers.figure(rival.getValue()))
                                .orElse(NONE),
                        "**" + Numbers.figure(ours) + "**",
                        fastest(line, Budget.THREADS)
                                .map(rival -> Numbers.ratio(ours / rival.getValue()))
                                .orElse(NONE)));
            });
        }
        return table(lines, "work", "bare virtual threads", "best library on threads", "Weft", "ratio");
    }

    private List<String> coroutines() {
        var lines = new ArrayList<String>();
        for (var line : ON_ALL_CORES) {
            median(line, WEFT)
                    .ifPresent(ours -> median(line, KOTLIN_DEFAULT)
                            .ifPresent(theirs -> lines.add(cells(
                                    line.heading(),
                                    Numbers.figure(theirs),
                                    "**" + Numbers.figure(ours) + "**",
                                    Numbers.ratio(ours / theirs)))));
        }
        return table(lines, "work", KOTLIN_DEFAULT.title(), "Weft", "ratio");
    }

    private List<String> eventLoop() {
        var lines = new ArrayList<String>();
        for (var line : ONE_AT_A_TIME) {
            median(line, WEFT_EVENT_LOOP)
                    .ifPresent(ours -> lines.add(cells(
                            line.heading(),
                            figure(line, KOTLIN_RUN_BLOCKING),
                            figure(line, ASYNCIO),
                            "**" + Numbers.figure(ours) + "**",
                            "**" + figure(line, WEFT_CARRIER) + "**",
                            ratio(line, WEFT_CARRIER, KOTLIN_RUN_BLOCKING),
                            ratio(line, ASYNCIO, WEFT_CARRIER))));
        }
        return table(
                lines,
                "work",
                KOTLIN_RUN_BLOCKING.title(),
                ASYNCIO.title(),
                "Weft",
                "on a carrier",
                "carrier ÷ runBlocking",
                "asyncio ÷ carrier");
    }

    private static List<String> table(List<String> lines, String... headings) {
        var table = new ArrayList<String>();
        table.add(cells(headings));
        table.add("| --- |" + " ---: |".repeat(headings.length - 1));
        table.addAll(lines);
        return table;
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private Optional<Double> median(Line line, Peer peer) {
        return results.summary(line.at, peer, line.metric).map(Summary::median);
    }

    private String figure(Line line, Peer peer) {
        return median(line, peer).map(Numbers::figure).orElse(NONE);
    }

    private String ratio(Line line, Peer above, Peer below) {
        return median(line, above)
                .flatMap(value -> median(line, below).map(other -> Numbers.ratio(value / other)))
                .orElse(NONE);
    }

    private Optional<Map.Entry<Peer, Double>> fastest(Line line, List<Peer> peers) {
        return peers.stream()
                .flatMap(peer -> median(line, peer).map(value -> Map.entry(peer, value)).stream())
                .min(Comparator.comparingDouble(Map.Entry::getValue));
    }
}
