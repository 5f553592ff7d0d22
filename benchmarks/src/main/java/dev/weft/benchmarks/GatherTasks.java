package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Par;
import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Starts many bodies that do not block, and collects their results; a few of them many times. */
public class GatherTasks extends Batch {

    @Param({"10", "1000", "10000", "100000", "1000000"})
    public int size;

    private int times;

    @Setup
    public void countTimes() {
        times = Math.max(1, 1000 / size);
    }

    @Benchmark
    public int weft() throws InterruptedException {
        return weftGathers();
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftGathers);
    }

    private int weftGathers() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            sum += sum(Weft.gather(GatherTasks.<Body<Integer, RuntimeException>>list(size, number -> () -> number)));
        }
        return sum;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var results = new int[size];
            var threads = list(size, number -> Thread.startVirtualThread(() -> results[number] = number));
            for (var thread : threads) {
                thread.join();
            }
            sum += sum(results);
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var futures = list(size, number -> CompletableFuture.supplyAsync(() -> number, EXECUTOR));
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
            for (var future : futures) {
                sum += future.join();
            }
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            try (var scope = StructuredTaskScope.<Integer>open()) {
                var tasks = new ArrayList<Subtask<Integer>>(size);
                for (var i = 0; i < size; i++) {
                    var number = i;
                    tasks.add(scope.fork(() -> number));
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
            sum += sum(Par.par(GatherTasks.<Callable<Integer>>list(size, number -> () -> number)));
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.gather(Coroutines.DEFAULT, size, times);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.gather(Coroutines.RUN_BLOCKING, size, times);
    }
}
