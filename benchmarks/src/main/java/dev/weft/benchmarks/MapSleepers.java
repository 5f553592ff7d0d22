package dev.weft.benchmarks;

import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.stream.Gatherers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Maps items by a function that sleeps {@value #MILLIS} ms, for {@value #LIMIT} at the same time. The least that is
 * possible is {@value #MILLIS} ms for each {@value #LIMIT} items.
 */
public class MapSleepers extends Batch {

    static final int LIMIT = 1_000;
    static final int MILLIS = 10;

    @Param("10000")
    public int size;

    private List<Integer> items = List.of();

    @Setup
    public void makeItems() {
        items = list(size, number -> number);
    }

    private static int sleep(int number) throws InterruptedException {
        Thread.sleep(MILLIS);
        return number + 1;
    }

    private static int sleepUnchecked(int number) {
        try {
            return sleep(number);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public int weft() throws InterruptedException {
        return sum(Weft.mapConcurrent(items, LIMIT, number -> sleep(number)));
    }

    /** Sleeps in Weft: a sleep elsewhere holds the turn. */
    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(() ->
                sum(Weft.mapConcurrent(items, LIMIT, number -> Weft.sleep(Duration.ofMillis(MILLIS), number + 1))));
    }

    @Benchmark
    public int virtualThreads() {
        return sum(items.stream()
                .gather(Gatherers.mapConcurrent(LIMIT, MapSleepers::sleepUnchecked))
                .toList());
    }

    @Benchmark
    public int completableFuture() throws InterruptedException {
        var sum = 0;
        var permits = new Semaphore(LIMIT);
        var futures = new ArrayList<CompletableFuture<Integer>>(size);
        for (var number : items) {
            permits.acquire();
            futures.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return sleepUnchecked(number);
                        } finally {
                            permits.release();
                        }
                    },
                    EXECUTOR));
        }
        for (var future : futures) {
            sum += future.join();
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        var permits = new Semaphore(LIMIT);
        try (var scope = StructuredTaskScope.<Integer>open()) {
            var tasks = new ArrayList<Subtask<Integer>>(size);
            for (var number : items) {
                permits.acquire();
                tasks.add(scope.fork(() -> {
                    try {
                        return sleep(number);
                    } finally {
                        permits.release();
                    }
                }));
            }
            scope.join();
            for (var task : tasks) {
                sum += task.get();
            }
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.mapSleepers(Coroutines.DEFAULT, items, LIMIT, MILLIS);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.mapSleepers(Coroutines.RUN_BLOCKING, items, LIMIT, MILLIS);
    }
}
