package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Race;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;

/** Ten time limits inside one another around a body that ends at once, {@value #TIMES} times. */
public class NestedTimeouts extends Batch {

    static final int TIMES = 100;
    static final int DEPTH = 10;
    static final Duration LIMIT = Duration.ofSeconds(10);

    @Benchmark
    public int weft() throws InterruptedException, TimeoutException {
        return Weft.run(NestedTimeouts::weftNests);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException, TimeoutException {
        return EventLoop.run(NestedTimeouts::weftNests);
    }

    private static int weftNests() throws InterruptedException, TimeoutException {
        var sum = 0;
        for (var time = 0; time < TIMES; time++) {
            sum += weftNest(DEPTH);
        }
        return sum;
    }

    private static int weftNest(int depth) throws InterruptedException, TimeoutException {
        return depth == 0 ? 1 : Weft.<Integer, TimeoutException>timeout(LIMIT, () -> weftNest(depth - 1));
    }

    @Benchmark
    public int structuredTaskScope() throws Exception {
        var sum = 0;
        for (var time = 0; time < TIMES; time++) {
            sum += scopeNest(DEPTH);
        }
        return sum;
    }

    private static int scopeNest(int depth) throws Exception {
        if (depth == 0) {
            return 1;
        }
        try (var scope = StructuredTaskScope.open(
                Joiner.<Integer>awaitAllSuccessfulOrThrow(), configuration -> configuration.withTimeout(LIMIT))) {
            var task = scope.fork(() -> scopeNest(depth - 1));
            scope.join();
            return task.get();
        }
    }

    @Benchmark
    public int jox() throws InterruptedException, TimeoutException {
        var sum = 0;
        for (var time = 0; time < TIMES; time++) {
            sum += joxNest(DEPTH);
        }
        return sum;
    }

    private static int joxNest(int depth) throws InterruptedException, TimeoutException {
        return depth == 0 ? 1 : Race.timeout(LIMIT.toMillis(), () -> joxNest(depth - 1));
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.nestedTimeouts(Coroutines.DEFAULT, LIMIT.toMillis(), DEPTH, TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.nestedTimeouts(Coroutines.RUN_BLOCKING, LIMIT.toMillis(), DEPTH, TIMES);
    }
}
