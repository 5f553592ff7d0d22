package dev.weft.benchmarks.run;

import static dev.weft.benchmarks.run.Peer.ASYNCIO;
import static dev.weft.benchmarks.run.Peer.COMPLETABLE_FUTURE;
import static dev.weft.benchmarks.run.Peer.JOX;
import static dev.weft.benchmarks.run.Peer.KOTLIN_DEFAULT;
import static dev.weft.benchmarks.run.Peer.KOTLIN_RUN_BLOCKING;
import static dev.weft.benchmarks.run.Peer.STRUCTURED_TASK_SCOPE;
import static dev.weft.benchmarks.run.Peer.VIRTUAL_THREADS;
import static dev.weft.benchmarks.run.Peer.WEFT;
import static dev.weft.benchmarks.run.Peer.WEFT_CARRIER;
import static dev.weft.benchmarks.run.Peer.WEFT_EVENT_LOOP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The limits of Weft's speed, row by row. */
final class Budget {

    /**
     * One limit.
     *
     * @param ours which of Weft's runtimes it is set to
     * @param cases what it is measured at; rules about growth compare several
     * @param metric which figure
     */
    record Row(Peer ours, List<Workload.Case> cases, String metric, Rule rule) {

        /** The subject of the row. */
        String subject() {
            var first = cases.getFirst();
            var sizes = cases.stream()
                    .flatMapToLong(at -> at.size().stream())
                    .mapToObj(Numbers::whole)
                    .toList();
            var text =
                    sizes.isEmpty() ? first.workload().id() : first.workload().id() + " " + String.join(" / ", sizes);
            return metric.equals(Metric.TIME) || first.metrics().size() == 1 ? text : text + ", " + metric;
        }

        Rule.Verdict verdict(Results results) {
            return rule.judge(results, ours, cases, metric);
        }
    }

    /** The libraries that give each task a virtual thread, as Weft does. */
    static final List<Peer> ON_THREADS = List.of(COMPLETABLE_FUTURE, STRUCTURED_TASK_SCOPE, JOX);

    /** These, and threads without a library. */
    static final List<Peer> THREADS = List.of(VIRTUAL_THREADS, COMPLETABLE_FUTURE, STRUCTURED_TASK_SCOPE, JOX);

    private static final double FIFTEENTH = 0.067;

    static final List<Row> ROWS = rows();

    private Budget() {}

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        rows.addAll(threads());
        rows.addAll(bulk());
        rows.addAll(eventLoop());
        return List.copyOf(rows);
    }

    private static List<Row> threads() {
        var rows = new ArrayList<Row>();
        rows.add(row(WEFT, List.of(at("start-await")), new Rule.Beside(THREADS, 1)));
        for (long size : new long[] {10, 1_000, 100_000}) {
            rows.add(beside(WEFT, at("gather", size), 1.1, VIRTUAL_THREADS));
        }
        rows.add(row(WEFT, List.of(at("gather", 10_000), at("gather", 1_000_000)), new Rule.Growth(2)));
        rows.add(beside(WEFT, "timeout-idle", 0.5, KOTLIN_DEFAULT));
        rows.add(row(WEFT, List.of(at("timeout-idle")), new Rule.AtMost(200, "ns per timeout", KOTLIN_DEFAULT)));
        rows.add(row(WEFT, List.of(at("timeout-fires")), new Rule.Beside(ON_THREADS, 1)));
        rows.add(beside(WEFT, at("cancel", 100_000), 1.1, VIRTUAL_THREADS));
        rows.add(new Row(WEFT, List.of(at("fan-out")), "p99", new Rule.Beside(List.of(VIRTUAL_THREADS), 1.1)));
        rows.add(row(WEFT, List.of(at("queue")), new Rule.Beside(List.of(VIRTUAL_THREADS, JOX), 1.2)));
        for (var id : List.of("lock", "semaphore")) {
            rows.add(beside(WEFT, id, 3, VIRTUAL_THREADS));
        }
        for (long size : new long[] {100_000, 1_000_000}) {
            rows.add(beside(WEFT, at("memory", size), 1.3, VIRTUAL_THREADS));
        }
        rows.add(beside(WEFT, "program", 1.2, VIRTUAL_THREADS));
        rows.add(new Row(WEFT, List.of(at("program")), "cpu", new Rule.Beside(List.of(VIRTUAL_THREADS), 1.2)));
        return rows;
    }

    /** Many items or bodies of one call. */
    private static List<Row> bulk() {
        var rows = new ArrayList<Row>();
        long[] sizes = {100, 10_000, 100_000};
        for (var id : List.of("as-completed", "map-concurrent", "map-concurrent-wide")) {
            for (long size : sizes) {
                rows.add(row(
                        WEFT, List.of(at(id, size)), new Rule.Beside(THREADS, id.equals("as-completed") ? 1 : 0.5)));
            }
            rows.add(row(
                    WEFT, Arrays.stream(sizes).mapToObj(size -> at(id, size)).toList(), new Rule.Flat(0.3)));
        }
        rows.add(beside(WEFT, at("as-completed-sleepers", 10_000), 1, VIRTUAL_THREADS));
        rows.add(row(WEFT, List.of(at("map-sleepers", 10_000)), new Rule.AtMost(102, "ms", VIRTUAL_THREADS)));
        return rows;
    }

    private static List<Row> eventLoop() {
        var rows = new ArrayList<Row>();
        rows.add(beside(WEFT_CARRIER, "start-await", 2.5, KOTLIN_RUN_BLOCKING));
        for (long size : new long[] {10, 1_000, 100_000}) {
            rows.add(beside(WEFT_CARRIER, at("gather", size), 1.3, KOTLIN_RUN_BLOCKING));
        }
        rows.add(beside(WEFT_CARRIER, "hand-over", 2.5, KOTLIN_RUN_BLOCKING));
        rows.add(beside(WEFT_CARRIER, "yield", 5, KOTLIN_RUN_BLOCKING));
        for (var at : List.of(at("start-await"), at("gather", 1_000), at("hand-over"), at("yield"))) {
            rows.add(beside(WEFT_CARRIER, at, FIFTEENTH, ASYNCIO));
        }
        rows.add(beside(WEFT_CARRIER, at("memory", 100_000), 1, WEFT_EVENT_LOOP));
        for (var id : List.of("hand-over", "yield")) {
            rows.add(beside(WEFT_EVENT_LOOP, id, 0.4, ASYNCIO));
        }
        for (var ours : List.of(WEFT_EVENT_LOOP, WEFT_CARRIER)) {
            rows.add(row(ours, List.of(at("gather", 10_000), at("gather", 1_000_000)), new Rule.Growth(2)));
        }
        return rows;
    }

    private static Row beside(Peer ours, String id, double factor, Peer peer) {
        return beside(ours, at(id), factor, peer);
    }

    private static Row beside(Peer ours, Workload.Case at, double factor, Peer peer) {
        return row(ours, List.of(at), new Rule.Beside(List.of(peer), factor));
    }

    private static Row row(Peer ours, List<Workload.Case> cases, Rule rule) {
        return new Row(ours, cases, cases.getFirst().primary().id(), rule);
    }

    private static Workload.Case at(String id) {
        return workload(id).cases(false).getFirst();
    }

    private static Workload.Case at(String id, long size) {
        return workload(id).at(size);
    }

    private static Workload workload(String id) {
        return Workload.find(id).orElseThrow(() -> new IllegalArgumentException("no workload is called " + id));
    }
}
