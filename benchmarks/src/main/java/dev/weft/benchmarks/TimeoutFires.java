package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Race;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Bounds a body that sleeps for an hour by a millisecond, {@value #TIMES} times, one after the other: until the
 * exception is caught and the body has stopped.
 */
public class TimeoutFires extends Batch {

    static final int TIMES = 10;
    static final Duration LIMIT = Duration.ofMillis(1);
    static final Duration LONG = Duration.ofHours(1);

    @Benchmark
    public int weft() throws InterruptedException {
        return Weft.run(TimeoutFires::weftTimeouts);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(TimeoutFires::weftTimeouts);
    }

    private static int weftTimeouts() throws InterruptedException {
        var fired = 0;
        for (var i = 0; i < TIMES; i++) {
            try {
                Weft.timeout(LIMIT, () -> Weft.sleep(LONG));
            } catch (TimeoutException e) {
                fired++;
            }
        }
        return fired;
    }

    @Benchmark
    public int completableFuture() throws InterruptedException, ExecutionException {
        var fired = 0;
        for (var i = 0; i < TIMES; i++) {
            var future = EXECUTOR.submit(() -> {
                Thread.sleep(LONG);
                return 0;
            });
            try {
                future.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                future.cancel(true);
                fired++;
            }
        }
        return fired;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var fired = 0;
        for (var i = 0; i < TIMES; i++) {
            try (var scope = StructuredTaskScope.open(
                    Joiner.<Integer>awaitAllSuccessfulOrThrow(), configuration -> configuration.withTimeout(LIMIT))) {
                scope.fork(() -> {
                    Thread.sleep(LONG);
                    return 0;
                });
                scope.join();
            } catch (StructuredTaskScope.TimeoutException e) {
                fired++;
            }
        }
        return fired;
    }

    @Benchmark
    public int jox() throws InterruptedException {
        var fired = 0;
        for (var i = 0; i < TIMES; i++) {
            try {
                Race.timeout(LIMIT.toMillis(), () -> {
                    Thread.sleep(LONG);
                    return 0;
                });
            } catch (TimeoutException e) {
                fired++;
            }
        }
        return fired;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.timeoutFires(Coroutines.DEFAULT, LIMIT.toMillis(), LONG.toMillis(), TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.timeoutFires(Coroutines.RUN_BLOCKING, LIMIT.toMillis(), LONG.toMillis(), TIMES);
    }
}
