package dev.weft.benchmarks;

import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Outcome;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Starts many bodies of which every tenth fails, and looks at each outcome. The exception is always the same one. */
public class SettleTasks extends Batch {

    static final RuntimeException FAILURE = new IllegalStateException("every tenth");

    @Param("1000")
    public int size;

    static int work(int number) {
        if (number % 10 == 0) {
            throw FAILURE;
        }
        return number;
    }

    @Benchmark
    public int weft() throws InterruptedException {
        return weftSettle();
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftSettle);
    }

    private int weftSettle() throws InterruptedException {
        var sum = 0;
        for (var outcome :
                Weft.settle(SettleTasks.<Body<Integer, RuntimeException>>list(size, number -> () -> work(number)))) {
            sum += outcome instanceof Outcome.Success<Integer>(var value) ? value : 1;
        }
        return sum;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var results = new Object[size];
        var threads = list(
                size,
                number -> Thread.startVirtualThread(() -> {
                    try {
                        results[number] = work(number);
                    } catch (RuntimeException e) {
                        results[number] = e;
                    }
                }));
        for (var thread : threads) {
            thread.join();
        }
        var sum = 0;
        for (var result : results) {
            sum += result instanceof Integer value ? value : 1;
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() {
        var futures = list(
                size,
                number -> CompletableFuture.supplyAsync(() -> work(number), EXECUTOR)
                        .handle((value, failure) -> failure == null ? value : 1));
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
        var sum = 0;
        for (var future : futures) {
            sum += future.join();
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        try (var scope = StructuredTaskScope.open(Joiner.<Integer>awaitAll())) {
            var tasks = new ArrayList<Subtask<Integer>>(size);
            for (var i = 0; i < size; i++) {
                var number = i;
                tasks.add(scope.fork(() -> work(number)));
            }
            scope.join();
            for (var task : tasks) {
                sum += task.state() == Subtask.State.SUCCESS ? task.get() : 1;
            }
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.settle(Coroutines.DEFAULT, size);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.settle(Coroutines.RUN_BLOCKING, size);
    }
}
