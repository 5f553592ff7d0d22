package dev.weft.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A workload of which a batch is timed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Batch {

    /** The executor of {@code CompletableFuture}s: a virtual thread each. */
    static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();

    /** The longest round trip of cores that are near; zero if it is all one where they are. */
    private static final double NEAR = Double.parseDouble(System.getProperty(Cores.NEAR_PROPERTY, "0"));

    private double distance;

    @Setup(Level.Iteration)
    public final void awaitNearCores() throws InterruptedException {
        if (NEAR > 0) {
            distance = Cores.awaitNear(NEAR);
        }
    }

    @TearDown(Level.Iteration)
    public final void reportCores() throws InterruptedException {
        if (NEAR > 0) {
            Extras.report(Cores.METRIC, Math.max(distance, Cores.roundTripNanos()));
        }
    }

    static <T> List<T> list(int size, IntFunction<? extends T> element) {
        var list = new ArrayList<T>(size);
        for (var i = 0; i < size; i++) {
            list.add(element.apply(i));
        }
        return list;
    }

    static int sum(Iterable<Integer> values) {
        var sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    static int sum(int[] values) {
        var sum = 0;
        for (var value : values) {
            sum += value;
        }
        return sum;
    }
}
