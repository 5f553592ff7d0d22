package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Par;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.stream.Gatherers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Calls a function for each of many items, for at most so many at the same time; few items many times. */
public abstract class MapItems extends Batch {

    private final int limit;

    @Param({"100", "10000", "100000"})
    public int size;

    private int times;
    private List<Integer> items = List.of();

    MapItems(int limit) {
        this.limit = limit;
    }

    @Setup
    public void makeItems() {
        times = Math.max(1, 10_000 / size);
        items = list(size, number -> number);
    }

    @Benchmark
    public int weft() throws InterruptedException {
        return weftMaps();
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftMaps);
    }

    private int weftMaps() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            sum += sum(Weft.mapConcurrent(items, limit, number -> number + 1));
        }
        return sum;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            sum += sum(items.stream()
                    .gather(Gatherers.mapConcurrent(limit, number -> number + 1))
                    .toList());
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() throws InterruptedException {
        var sum = 0;
        var permits = new Semaphore(limit);
        for (var time = 0; time < times; time++) {
            @SuppressWarnings({"unchecked", "rawtypes"})
            CompletableFuture<Integer>[] futures = new CompletableFuture[size];
            for (var i = 0; i < size; i++) {
                var number = items.get(i);
                permits.acquire();
                futures[i] = CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return number + 1;
                            } finally {
                                permits.release();
                            }
                        },
                        EXECUTOR);
            }
            CompletableFuture.allOf(futures).join();
            for (var future : futures) {
                sum += future.join();
            }
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        var permits = new Semaphore(limit);
        for (var time = 0; time < times; time++) {
            try (var scope = StructuredTaskScope.<Integer>open()) {
                var tasks = new java.util.ArrayList<Subtask<Integer>>(size);
                for (var number : items) {
                    permits.acquire();
                    tasks.add(scope.fork(() -> {
                        try {
                            return number + 1;
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
        }
        return sum;
    }

    @Benchmark
    public int jox() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            sum += sum(Par.parLimit(limit, MapItems.<Callable<Integer>>list(size, i -> {
                var number = items.get(i);
                return () -> number + 1;
            })));
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.mapConcurrent(Coroutines.DEFAULT, items, limit, times);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.mapConcurrent(Coroutines.RUN_BLOCKING, items, limit, times);
    }
}
