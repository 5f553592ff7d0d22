package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The first task that a program ever runs, with the loading of all classes that it needs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartUp {

    @Benchmark
    public int weft() throws InterruptedException {
        return Weft.<Integer, RuntimeException>run(() -> 1);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.<Integer, RuntimeException>run(() -> 1);
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        Thread.startVirtualThread(() -> {}).join();
    }

    @Benchmark
    public int completableFuture() {
        return CompletableFuture.supplyAsync(() -> 1, Batch.EXECUTOR).join();
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        try (var scope = StructuredTaskScope.<Integer>open()) {
            var task = scope.fork(() -> 1);
            scope.join();
            return task.get();
        }
    }

    @Benchmark
    public int jox() throws InterruptedException {
        return Scopes.supervised(scope -> scope.fork(() -> 1).join());
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.startAndAwait(Coroutines.DEFAULT, 1);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.startAndAwait(Coroutines.RUN_BLOCKING, 1);
    }
}
