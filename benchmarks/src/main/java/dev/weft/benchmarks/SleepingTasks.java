package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Has many tasks asleep at the same time, and looks at the heap: reports the {@code bytes} that each of them needs,
 * with all that stands for it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class SleepingTasks extends Batch {

    static final Duration LONG = Duration.ofHours(1);
    private static final int COLLECTIONS = 3;
    private static final Duration TO_FALL_ASLEEP = Duration.ofSeconds(1);

    @Param({"100000", "1000000"})
    public int size;

    /** Measures with nothing running, then with what {@code start} has started; called by a thread of its own. */
    private Callable<Void> measuring(long before, CountDownLatch begun) {
        return () -> {
            begun.await();
            Thread.sleep(TO_FALL_ASLEEP);
            Extras.report("bytes", (double) (usedHeap() - before) / size);
            ClassHistogram.report(size);
            return null;
        };
    }

    private static long usedHeap() throws InterruptedException {
        var runtime = Runtime.getRuntime();
        for (var i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(Duration.ofMillis(100));
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Benchmark
    public void weft() throws Exception {
        weftSleepers(false);
    }

    @Benchmark
    public void weftEventLoop() throws Exception {
        EventLoop.run(() -> weftSleepers(true));
    }

    private void weftSleepers(boolean inTurns) throws InterruptedException, ExceptionGroup {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        Weft.taskGroup(group -> {
            for (var i = 0; i < size; i++) {
                group.createTask(() -> {
                    begun.countDown();
                    Weft.sleep(LONG);
                });
            }
            if (inTurns) {
                Weft.sleep(Duration.ofMillis(1));
            }
            call(measuring(before, begun));
            group.cancel();
        });
    }

    private static void call(Callable<Void> measuring) throws InterruptedException {
        try {
            measuring.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Void sleep(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        Thread.sleep(LONG);
        return null;
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        var threads = list(
                size,
                number -> Thread.startVirtualThread(() -> {
                    try {
                        sleep(begun);
                    } catch (InterruptedException e) {
                        // has been measured
                    }
                }));
        measuring(before, begun).call();
        threads.forEach(Thread::interrupt);
    }

    @Benchmark
    public void completableFuture() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        var futures = list(
                size,
                number -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return sleep(begun);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        EXECUTOR));
        measuring(before, begun).call();
        futures.getFirst().cancel(true);
    }

    @Benchmark
    public void structuredTaskScope() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        try (var scope = StructuredTaskScope.open(Joiner.<Void>anySuccessfulResultOrThrow())) {
            var tasks = list(size, number -> scope.fork(() -> sleep(begun)));
            measuring(before, begun).call();
            scope.fork(() -> null);
            scope.join();
            tasks.clear();
        }
    }

    @Benchmark
    public void jox() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        Scopes.supervised(scope -> {
            var forks = list(size, number -> fork(scope, begun));
            measuring(before, begun).call();
            forks.clear();
            return null;
        });
    }

    private static Object fork(com.softwaremill.jox.structured.Scope scope, CountDownLatch begun) {
        try {
            return scope.fork(() -> sleep(begun));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public void kotlinDefault() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        Coroutines.sleepers(Coroutines.DEFAULT, size, LONG.toMillis(), begun, measuring(before, begun));
    }

    @Benchmark
    public void kotlinRunBlocking() throws Exception {
        var before = usedHeap();
        var begun = new CountDownLatch(size);
        Coroutines.sleepers(Coroutines.RUN_BLOCKING, size, LONG.toMillis(), begun, measuring(before, begun));
    }
}
