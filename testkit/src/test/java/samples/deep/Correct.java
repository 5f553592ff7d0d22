package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;

/** Programs that are right, and use what is hard to simulate. Run by a test. */
@Disabled("run by DeepSimulationTest")
class Correct {

    private static Thread start(Callable<?> body) {
        return Thread.ofVirtual().start(() -> {
            try {
                body.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    // ---- what runs outside

    private static final class Sum extends RecursiveTask<Integer> {
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from < 2) {
                return from;
            }
            var left = new Sum(from, (from + to) / 2);
            var right = new Sum((from + to) / 2, to);
            left.fork();
            return right.compute() + left.join();
        }
    }

    @SimulationTest(deep = true, seeds = 20)
    void correct_forkJoinPoolOfItsOwn() {
        try (var pool = new ForkJoinPool(2)) {
            assertThat(pool.invoke(new Sum(0, 8))).isEqualTo(28);
        }
    }

    @SimulationTest(deep = true, seeds = 20)
    void correct_timerThread() throws Exception {
        var timer = new Timer(true);
        var ticks = new CountDownLatch(2);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        ticks.countDown();
                    }
                },
                5,
                5);
        assertThat(ticks.await(10, TimeUnit.SECONDS)).isTrue();
        timer.cancel();
    }

    @SimulationTest(deep = true, seeds = 20)
    void correct_publisherInTheCommonPool() throws Exception {
        var publisher = new SubmissionPublisher<Integer>();
        var items = new CountDownLatch(3);
        publisher.consume(item -> items.countDown());
        for (var i = 0; i < 3; i++) {
            publisher.submit(i);
        }
        publisher.close();
        assertThat(items.await(10, TimeUnit.SECONDS)).isTrue();
    }

    // ---- loops that wait

    private volatile boolean go;

    @SimulationTest(deep = true)
    void correct_spinning() throws Exception {
        var seen = new AtomicBoolean();
        var politely = start(() -> {
            while (!go) {
                Thread.onSpinWait();
            }
            seen.set(true);
            return null;
        });
        var rudely = start(() -> {
            while (!seen.get()) {
                // nothing says that it waits
            }
            return null;
        });
        go = true;
        politely.join();
        rudely.join();
    }

    @SimulationTest(deep = true)
    void correct_spinningUntilATime() throws Exception {
        var sets = start(() -> {
            Thread.sleep(5);
            go = true;
            return null;
        });
        var end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!go && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(go).isTrue();
        sets.join();
        var later = System.currentTimeMillis() + 3;
        while (System.currentTimeMillis() < later) {
            Thread.yield();
        }
    }

    // ---- limits

    @SimulationTest(deep = true)
    void correct_limitsOfFutures() throws Exception {
        var slow = CompletableFuture.supplyAsync(() -> {
                    LockSupport.parkNanos(50_000_000);
                    return 1;
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .thenApplyAsync(value -> value + 1);
        var given = new CompletableFuture<Integer>().completeOnTimeout(7, 20, TimeUnit.MILLISECONDS);
        var late = CompletableFuture.supplyAsync(() -> 3, CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));
        assertThat(slow.thenCombine(given, Integer::sum)
                        .thenCombine(late, Integer::sum)
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(12);
        var never = new CompletableFuture<Integer>().orTimeout(10, TimeUnit.MILLISECONDS);
        assertThatThrownBy(never::join).isInstanceOf(CompletionException.class);
    }

    @SimulationTest(deep = true)
    void correct_callsOfAPool() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> slow = () -> {
                Thread.sleep(Duration.ofHours(1));
                return 1;
            };
            Callable<Integer> failing = () -> {
                throw new IllegalStateException();
            };
            assertThat(pool.invokeAny(List.of(slow, () -> 2, failing))).isEqualTo(2);
            assertThatThrownBy(() -> pool.submit(failing).get()).isInstanceOf(ExecutionException.class);
        }
    }

    // ---- barriers, and threads that are left

    @SimulationTest(deep = true)
    void correct_barrier() throws Exception {
        var barrier = new CyclicBarrier(3);
        var arrived = new AtomicInteger();
        var threads = Stream.generate(() -> start(() -> {
                    arrived.incrementAndGet();
                    barrier.await();
                    assertThat(arrived).hasValue(3);
                    return barrier.await(1, TimeUnit.SECONDS);
                }))
                .limit(3)
                .toList();
        for (var thread : threads) {
            thread.join();
        }
    }

    @SimulationTest(deep = true)
    void correct_threadThatGoesOnForEver() throws Exception {
        var ticks = new AtomicInteger();
        start(() -> {
            while (true) {
                Thread.sleep(1000);
                ticks.incrementAndGet();
            }
        });
        Thread.sleep(2500);
        assertThat(ticks).hasValue(2);
    }
}
