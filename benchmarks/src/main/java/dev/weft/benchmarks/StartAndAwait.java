package dev.weft.benchmarks;

import static dev.weft.Weft.createTask;

import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import org.openjdk.jmh.annotations.Benchmark;

/** Starts one task and awaits its result, {@value #TIMES} times, one after the other. */
public class StartAndAwait extends Batch {

    static final int TIMES = 1000;

    @Benchmark
    public int weft() throws InterruptedException {
        return Weft.run(StartAndAwait::weftTasks);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(StartAndAwait::weftTasks);
    }

    private static int weftTasks() throws InterruptedException {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            sum += createTask(() -> number).await();
        }
        return sum;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var sum = 0;
        var result = new int[1];
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            Thread.startVirtualThread(() -> result[0] = number).join();
            sum += result[0];
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            sum += CompletableFuture.supplyAsync(() -> number, EXECUTOR).join();
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            try (var scope = StructuredTaskScope.<Integer>open()) {
                var task = scope.fork(() -> number);
                scope.join();
                sum += task.get();
            }
        }
        return sum;
    }

    @Benchmark
    public int jox() throws InterruptedException {
        return Scopes.supervised(scope -> {
            var sum = 0;
            for (var i = 0; i < TIMES; i++) {
                var number = i;
                sum += scope.fork(() -> number).join();
            }
            return sum;
        });
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.startAndAwait(Coroutines.DEFAULT, TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.startAndAwait(Coroutines.RUN_BLOCKING, TIMES);
    }
}
