package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Starts many tasks that sleep for an hour, lets each get there, then cancels them, and waits until all have ended. */
public class CancelSleepers extends Batch {

    static final Duration LONG = Duration.ofHours(1);

    @Param("100000")
    public int size;

    @Benchmark
    public void weft() throws InterruptedException, ExceptionGroup {
        weftSleepers();
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException, ExceptionGroup {
        EventLoop.run(this::weftSleepersInTurns);
    }

    private void weftSleepers() throws InterruptedException, ExceptionGroup {
        var asleep = new CountDownLatch(size);
        Weft.taskGroup(group -> {
            for (var i = 0; i < size; i++) {
                group.createTask(() -> {
                    asleep.countDown();
                    Weft.sleep(LONG);
                });
            }
            asleep.await();
            group.cancel();
        });
    }

    private void weftSleepersInTurns() throws InterruptedException, ExceptionGroup {
        Weft.taskGroup(group -> {
            for (var i = 0; i < size; i++) {
                group.createTask(() -> Weft.sleep(LONG));
            }
            Weft.sleep(Duration.ZERO);
            group.cancel();
        });
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        var asleep = new CountDownLatch(size);
        var threads = list(
                size,
                number -> Thread.startVirtualThread(() -> {
                    asleep.countDown();
                    sleep();
                }));
        asleep.await();
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LONG);
        } catch (InterruptedException e) {
            // has been cancelled
        }
    }

    @Benchmark
    public void completableFuture() throws InterruptedException {
        var asleep = new CountDownLatch(size);
        var stopped = new CountDownLatch(size);
        var futures = new ArrayList<Future<?>>(size);
        for (var i = 0; i < size; i++) {
            futures.add(EXECUTOR.submit(() -> {
                asleep.countDown();
                sleep();
                stopped.countDown();
            }));
        }
        asleep.await();
        for (var future : futures) {
            future.cancel(true);
        }
        stopped.await();
    }

    @Benchmark
    public void structuredTaskScope() throws InterruptedException {
        var asleep = new CountDownLatch(size);
        try (var scope = StructuredTaskScope.open(Joiner.<Integer>anySuccessfulResultOrThrow())) {
            for (var i = 0; i < size; i++) {
                scope.fork(() -> {
                    asleep.countDown();
                    Thread.sleep(LONG);
                    return 0;
                });
            }
            asleep.await();
            scope.fork(() -> 1);
            scope.join();
        }
    }

    @Benchmark
    public void jox() throws InterruptedException {
        var asleep = new CountDownLatch(size);
        Scopes.supervised(scope -> {
            for (var i = 0; i < size; i++) {
                scope.fork(() -> {
                    asleep.countDown();
                    Thread.sleep(LONG);
                    return 0;
                });
            }
            asleep.await();
            return null;
        });
    }

    @Benchmark
    public void kotlinDefault() {
        Coroutines.cancelSleepers(Coroutines.DEFAULT, size, LONG.toMillis());
    }

    @Benchmark
    public void kotlinRunBlocking() {
        Coroutines.cancelSleepers(Coroutines.RUN_BLOCKING, size, LONG.toMillis());
    }
}
