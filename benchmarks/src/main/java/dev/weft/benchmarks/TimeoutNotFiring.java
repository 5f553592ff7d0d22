package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Race;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;

/** Bounds a body that ends at once by ten seconds, {@value #TIMES} times, one after the other. */
public class TimeoutNotFiring extends Batch {

    static final int TIMES = 1000;
    static final Duration LIMIT = Duration.ofSeconds(10);

    @Benchmark
    public int weft() throws InterruptedException, TimeoutException {
        return Weft.run(TimeoutNotFiring::weftTimeouts);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException, TimeoutException {
        return EventLoop.run(TimeoutNotFiring::weftTimeouts);
    }

    private static int weftTimeouts() throws InterruptedException, TimeoutException {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            sum += Weft.<Integer, RuntimeException>timeout(LIMIT, () -> number);
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            sum += CompletableFuture.supplyAsync(() -> number, EXECUTOR)
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            try (var scope = StructuredTaskScope.open(
                    Joiner.<Integer>awaitAllSuccessfulOrThrow(), configuration -> configuration.withTimeout(LIMIT))) {
                var task = scope.fork(() -> number);
                scope.join();
                sum += task.get();
            }
        }
        return sum;
    }

    @Benchmark
    public int jox() throws InterruptedException, TimeoutException {
        var sum = 0;
        for (var i = 0; i < TIMES; i++) {
            var number = i;
            sum += Race.timeout(LIMIT.toMillis(), () -> number);
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.timeoutNotFiring(Coroutines.DEFAULT, LIMIT.toMillis(), TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.timeoutNotFiring(Coroutines.RUN_BLOCKING, LIMIT.toMillis(), TIMES);
    }
}
