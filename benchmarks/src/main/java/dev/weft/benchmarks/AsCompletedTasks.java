package dev.weft.benchmarks;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.structured.Scopes;
import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Starts many bodies, and takes their results one by one in the order of their ends; few bodies many times. */
public class AsCompletedTasks extends Batch {

    @Param({"100", "10000", "100000"})
    public int size;

    private int times;

    @Setup
    public void countTimes() {
        times = Math.max(1, 10_000 / size);
    }

    @Benchmark
    public int weft() throws InterruptedException {
        return weftInOrder();
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftInOrder);
    }

    private int weftInOrder() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var bodies = AsCompletedTasks.<Body<Integer, RuntimeException>>list(size, number -> () -> number);
            try (var completions = Weft.asCompleted(bodies)) {
                for (var completion : completions) {
                    sum += completion.await();
                }
            }
        }
        return sum;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var results = new LinkedBlockingQueue<Integer>();
            for (var i = 0; i < size; i++) {
                var number = i;
                Thread.startVirtualThread(() -> results.add(number));
            }
            for (var i = 0; i < size; i++) {
                sum += results.take();
            }
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() throws InterruptedException, ExecutionException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var service = new ExecutorCompletionService<Integer>(EXECUTOR);
            for (var i = 0; i < size; i++) {
                var number = i;
                service.submit(() -> number);
            }
            for (var i = 0; i < size; i++) {
                sum += service.take().get();
            }
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var results = new LinkedBlockingQueue<Integer>();
            var joiner = new Joiner<Integer, Void>() {
                @Override
                public boolean onComplete(Subtask<? extends Integer> subtask) {
                    results.add(subtask.get());
                    return false;
                }

                @Override
                public Void result() {
                    return null;
                }
            };
            try (var scope = StructuredTaskScope.open(joiner)) {
                for (var i = 0; i < size; i++) {
                    var number = i;
                    scope.fork(() -> number);
                }
                for (var i = 0; i < size; i++) {
                    sum += results.take();
                }
                scope.join();
            }
        }
        return sum;
    }

    @Benchmark
    public int jox() throws InterruptedException {
        var sum = 0;
        for (var time = 0; time < times; time++) {
            var results = Channel.<Integer>newUnlimitedChannel();
            sum += Scopes.supervised(scope -> {
                for (var i = 0; i < size; i++) {
                    var number = i;
                    scope.fork(() -> {
                        results.send(number);
                        return null;
                    });
                }
                var part = 0;
                for (var i = 0; i < size; i++) {
                    part += results.receive();
                }
                return part;
            });
        }
        return sum;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.asCompleted(Coroutines.DEFAULT, size, times);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.asCompleted(Coroutines.RUN_BLOCKING, size, times);
    }
}
