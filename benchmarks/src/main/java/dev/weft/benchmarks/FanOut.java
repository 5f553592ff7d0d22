package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Par;
import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * {@value #REQUESTS} requests at once, each of {@value #CALLS} calls that take 1 to 5 ms at the same time. Besides the
 * time for all: the percentiles of the time from when all have come to when one is answered.
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FanOut extends Batch {

    static final int REQUESTS = 1000;
    static final int CALLS = 5;

    private final long[] answered = new long[REQUESTS];
    private long came;
    private long[] latencies = new long[REQUESTS];
    private int count;

    @Setup(Level.Iteration)
    public void forget(IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT && count < 0) {
            count = 0;
        }
    }

    @Setup(Level.Trial)
    public void begin() {
        count = -1;
    }

    @TearDown(Level.Trial)
    public void report() {
        if (count <= 0) {
            return;
        }
        var sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        Extras.report("p50", percentile(sorted, 0.5));
        Extras.report("p99", percentile(sorted, 0.99));
        Extras.report("p99.9", percentile(sorted, 0.999));
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    private void requestsCome() {
        came = System.nanoTime();
    }

    private void allAnswered() {
        if (count < 0) {
            return; // warming up
        }
        if (count + REQUESTS > latencies.length) {
            latencies = Arrays.copyOf(latencies, latencies.length * 2);
        }
        for (var time : answered) {
            latencies[count++] = time - came;
        }
    }

    private void answer(int request) {
        answered[request] = System.nanoTime();
    }

    private static int call(int number) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(number + 1));
        return number;
    }

    @Benchmark
    public void weft() throws InterruptedException {
        weftRequests(FanOut::call);
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException {
        EventLoop.run(() -> weftRequests(number -> Weft.sleep(Duration.ofMillis(number + 1), number)));
    }

    private interface Call {
        int call(int number) throws InterruptedException;
    }

    private void weftRequests(Call call) throws InterruptedException {
        requestsCome();
        Weft.gather(FanOut.<Body<Integer, RuntimeException>>list(REQUESTS, request -> () -> {
            var sum = sum(Weft.gather(
                    FanOut.<Body<Integer, RuntimeException>>list(CALLS, number -> () -> call.call(number))));
            answer(request);
            return sum;
        }));
        allAnswered();
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        requestsCome();
        var requests = list(
                REQUESTS,
                request -> start(() -> {
                    var results = new int[CALLS];
                    for (var call : list(CALLS, number -> start(() -> results[number] = call(number)))) {
                        call.join();
                    }
                    answer(request);
                    return sum(results);
                }));
        for (var request : requests) {
            request.join();
        }
        allAnswered();
    }

    private static Thread start(Callable<Integer> body) {
        return Thread.startVirtualThread(() -> {
            try {
                body.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Benchmark
    public void completableFuture() {
        requestsCome();
        var requests = list(REQUESTS, request -> {
            var calls = list(
                    CALLS,
                    number -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return call(number);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            EXECUTOR));
            return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .thenApply(all -> {
                        answer(request);
                        return calls.stream().mapToInt(CompletableFuture::join).sum();
                    });
        });
        CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).join();
        allAnswered();
    }

    @Benchmark
    public void structuredTaskScope() throws InterruptedException {
        requestsCome();
        try (var scope = StructuredTaskScope.<Integer>open()) {
            for (var i = 0; i < REQUESTS; i++) {
                var request = i;
                scope.fork(() -> scopeRequest(request));
            }
            scope.join();
        }
        allAnswered();
    }

    private int scopeRequest(int request) throws InterruptedException {
        try (var scope = StructuredTaskScope.<Integer>open()) {
            var calls = list(CALLS, number -> scope.fork(() -> call(number)));
            scope.join();
            answer(request);
            return calls.stream().mapToInt(Subtask::get).sum();
        }
    }

    @Benchmark
    public void jox() throws InterruptedException {
        requestsCome();
        Par.par(FanOut.<Callable<Integer>>list(REQUESTS, request -> () -> {
            var sum = sum(Par.par(FanOut.<Callable<Integer>>list(CALLS, number -> () -> call(number))));
            answer(request);
            return sum;
        }));
        allAnswered();
    }

    @Benchmark
    public void kotlinDefault() {
        kotlinRequests(Coroutines.DEFAULT);
    }

    @Benchmark
    public void kotlinRunBlocking() {
        kotlinRequests(Coroutines.RUN_BLOCKING);
    }

    private void kotlinRequests(kotlin.coroutines.CoroutineContext context) {
        IntConsumer answer = this::answer;
        requestsCome();
        Coroutines.fanOut(context, REQUESTS, CALLS, answer);
        allAnswered();
    }
}
