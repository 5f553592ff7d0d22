package dev.weft.benchmarks;

import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Starts many bodies that sleep up to {@value #LONGEST} ms, and takes their results in the order of their ends. */
public class AsCompletedSleepers extends Batch {

    static final int LONGEST = 50;

    @Param("10000")
    public int size;

    private static int sleep(int number) throws InterruptedException {
        Thread.sleep(number % LONGEST);
        return number;
    }

    @Benchmark
    public int weft() throws InterruptedException {
        var sum = 0;
        var bodies = AsCompletedSleepers.<Body<Integer, InterruptedException>>list(size, number -> () -> sleep(number));
        try (var completions = Weft.asCompleted(bodies)) {
            for (var completion : completions) {
                sum += completion.await();
            }
        }
        return sum;
    }

    /** Sleeps in Weft: a sleep elsewhere holds the turn. */
    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(() -> {
            var sum = 0;
            var bodies = AsCompletedSleepers.<Body<Integer, InterruptedException>>list(
                    size, number -> () -> Weft.sleep(Duration.ofMillis(number % LONGEST), number));
            try (var completions = Weft.asCompleted(bodies)) {
                for (var completion : completions) {
                    sum += completion.await();
                }
            }
            return sum;
        });
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var sum = 0;
        var results = new LinkedBlockingQueue<Integer>();
        for (var i = 0; i < size; i++) {
            var number = i;
            Thread.startVirtualThread(() -> {
                try {
                    results.add(sleep(number));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        for (var i = 0; i < size; i++) {
            sum += results.take();
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() throws InterruptedException, ExecutionException {
        var sum = 0;
        var service = new ExecutorCompletionService<Integer>(EXECUTOR);
        for (var i = 0; i < size; i++) {
            var number = i;
            service.submit(() -> sleep(number));
        }
        for (var i = 0; i < size; i++) {
            sum += service.take().get();
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.asCompletedSleepers(Coroutines.DEFAULT, size);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.asCompletedSleepers(Coroutines.RUN_BLOCKING, size);
    }
}
