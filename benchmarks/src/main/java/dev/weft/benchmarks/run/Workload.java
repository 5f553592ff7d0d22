package dev.weft.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * The workloads: the one table that listing, running, dividing and reporting follow.
 *
 * @param id the name on the command line and of the plot's file
 * @param benchmark the simple name of its class in {@code dev.weft.benchmarks}
 * @param title what the work is
 * @param kind how often it runs
 * @param sizes the values of its parameter {@code size}; none, if it has no such parameter
 * @param quickSizes those of them that {@code --quick} takes
 * @param leastItems the items of one invocation; a greater size is its own number of items
 * @param metrics the figures of a case of so many items; the first is the one that is plotted and set in the budget
 */
record Workload(
        String id,
        String benchmark,
        String title,
        Kind kind,
        List<Long> sizes,
        List<Long> quickSizes,
        long leastItems,
        LongFunction<List<Metric>> metrics) {

    /** How often a workload runs in one JVM. */
    enum Kind {
        /** Again and again, after a warm-up. */
        REPEATED,
        /** Once, without a warm-up. */
        ONCE
    }

    static final String PACKAGE = "dev.weft.benchmarks";

    private static final double NANOS = 1;
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;

    private static final List<Long> ITEM_SIZES = List.of(100L, 10_000L, 100_000L);

    static final List<Workload> ALL = List.of(
            fixed("start-await", "StartAndAwait", "Start one task and await it", 1_000, perItem("task")),
            sized(
                    "gather",
                    "GatherTasks",
                    "Gather tasks that do not block",
                    List.of(10L, 1_000L, 10_000L, 100_000L, 1_000_000L),
                    List.of(10L, 1_000L, 100_000L),
                    1_000,
                    perItem("task")),
            sized(
                    "settle",
                    "SettleTasks",
                    "Settle tasks of which every tenth fails",
                    List.of(1_000L),
                    List.of(1_000L),
                    1_000,
                    perItem("task")),
            sized(
                    "map-concurrent",
                    "MapConcurrent",
                    "Map items concurrently, 64 at a time",
                    ITEM_SIZES,
                    ITEM_SIZES,
                    10_000,
                    perItem("item")),
            sized(
                    "map-concurrent-wide",
                    "MapConcurrentWide",
                    "Map items concurrently, 1,000 at a time",
                    ITEM_SIZES,
                    List.of(10_000L),
                    10_000,
                    perItem("item")),
            sized(
                    "map-sleepers",
                    "MapSleepers",
                    "Map items that sleep 10 ms, 1,000 at a time",
                    List.of(10_000L),
                    List.of(10_000L),
                    1,
                    items -> List.of(Metric.time("ms", MILLIS, 1))),
            sized(
                    "as-completed",
                    "AsCompletedTasks",
                    "Take results as they complete",
                    ITEM_SIZES,
                    ITEM_SIZES,
                    10_000,
                    perItem("item")),
            sized(
                    "as-completed-sleepers",
                    "AsCompletedSleepers",
                    "Take results of bodies that sleep up to 50 ms as they complete",
                    List.of(10_000L),
                    List.of(10_000L),
                    1,
                    items -> List.of(Metric.time("ms", MILLIS, 1))),
            fixed("timeout-idle", "TimeoutNotFiring", "A timeout that does not fire", 1_000, perItem("timeout")),
            fixed(
                    "timeout-fires",
                    "TimeoutFires",
                    "A timeout of 1 ms that fires",
                    10,
                    items -> List.of(Metric.time("µs per timeout", MICROS, items))),
            fixed("timeout-nested", "NestedTimeouts", "Timeouts nested 10 deep", 1_000, perItem("timeout")),
            sized(
                    "cancel",
                    "CancelSleepers",
                    "Cancel sleeping tasks and await their end",
                    List.of(100_000L),
                    List.of(100_000L),
                    1,
                    perItem("task")),
            fixed("hand-over", "HandOver", "Hand over between two tasks", 10_000, perItem("hand-over")),
            fixed("queue", "BoundedQueue", "Put and take through a queue that holds 16", 10_000, perItem("item")),
            fixed("lock", "UncontendedLock", "Take a lock that nobody else wants", 10_000, perItem("acquisition")),
            fixed("semaphore", "UncontendedSemaphore", "Take a permit that is free", 10_000, perItem("acquisition")),
            fixed("yield", "Yields", "1,000 tasks that yield 400 times each", 400_000, perItem("yield")),
            fixed(
                    "fan-out",
                    "FanOut",
                    "1,000 requests at once, each of 5 calls of 1 to 5 ms",
                    1_000,
                    items -> List.of(
                            Metric.time("ms per 1,000 requests", MILLIS, 1),
                            Metric.rate("throughput", "requests per second", items),
                            Metric.extra("p50", "ms, p50 of a request"),
                            Metric.extra("p99", "ms, p99 of a request"),
                            Metric.extra("p99.9", "ms, p99.9 of a request"))),
            new Workload(
                    "memory",
                    "SleepingTasks",
                    "Heap per sleeping task",
                    Kind.ONCE,
                    List.of(100_000L, 1_000_000L),
                    List.of(100_000L),
                    1,
                    _ -> List.of(Metric.extra("bytes", "bytes per task"))),
            new Workload(
                    "start-up",
                    "StartUp",
                    "The first run in a fresh process",
                    Kind.ONCE,
                    List.of(),
                    List.of(),
                    1,
                    items -> List.of(Metric.time("ms", MILLIS, items))),
            new Workload(
                    "program",
                    "WholeProgram",
                    "A program of ten tasks, from java to its exit",
                    Kind.ONCE,
                    List.of(),
                    List.of(),
                    10,
                    items -> List.of(Metric.time("ms", MILLIS, items), Metric.extra("cpu", "ms of processor time"))));

    private static Workload fixed(
            String id, String benchmark, String title, long items, LongFunction<List<Metric>> metrics) {
        return new Workload(id, benchmark, title, Kind.REPEATED, List.of(), List.of(), items, metrics);
    }

    private static Workload sized(
            String id,
            String benchmark,
            String title,
            List<Long> sizes,
            List<Long> quickSizes,
            long leastItems,
            LongFunction<List<Metric>> metrics) {
        return new Workload(id, benchmark, title, Kind.REPEATED, sizes, quickSizes, leastItems, metrics);
    }

    private static LongFunction<List<Metric>> perItem(String item) {
        return items -> List.of(Metric.time("ns per " + item, NANOS, items));
    }

    /**
     * A workload at one size: what is run, plotted as one point, and compared.
     *
     * @param workload the workload
     * @param size its parameter; empty, if it has none
     */
    record Case(Workload workload, OptionalLong size) {

        private static final long HEAP_BASE = 1L << 30;
        private static final long HEAP_PER_ITEM = 4 << 10;

        /** As it is called in messages: the workload's name and the size. */
        String name() {
            return size.isPresent() ? workload.id + " " + Numbers.whole(size.getAsLong()) : workload.id;
        }

        /** How many items one invocation works on. */
        long items() {
            return Math.max(workload.leastItems, size.orElse(0));
        }

        List<Metric> metrics() {
            return workload.metrics.apply(items());
        }

        /** The figure that is plotted. */
        Metric primary() {
            return metrics().getFirst();
        }

        Metric metric(String id) {
            return metrics().stream()
                    .filter(metric -> metric.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name() + " has no figure " + id));
        }

        /** The heap that its JVM may use: enough for the most expensive of the peers, the same for all. */
        long heapBytes() {
            return HEAP_BASE + HEAP_PER_ITEM * size.orElse(0);
        }
    }

    /** All its cases, in order of size. */
    List<Case> cases(boolean quick) {
        if (sizes.isEmpty()) {
            return List.of(new Case(this, OptionalLong.empty()));
        }
        var cases = new ArrayList<Case>();
        for (long size : quick ? quickSizes : sizes) {
            cases.add(at(size));
        }
        return cases;
    }

    Case at(long size) {
        return new Case(this, OptionalLong.of(size));
    }

    /** The full name of its class. */
    String className() {
        return PACKAGE + "." + benchmark;
    }

    static Optional<Workload> find(String id) {
        return ALL.stream().filter(workload -> workload.id.equals(id)).findFirst();
    }

    /** All names, to say what there is. */
    static String ids() {
        return ALL.stream().map(Workload::id).collect(Collectors.joining(", "));
    }
}
