package dev.weft;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Event;
import dev.weft.sync.Semaphore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** H12: waits on a worker of a ForkJoinPool, for something that needs a worker of the same pool. */
@NotSimulated("its waits are those of threads that no runtime has made")
class ForkJoinPoolTest {

    /** So long a wait may take on any machine. */
    private static final int GENEROUS_SECONDS = 30;

    private final ForkJoinPool pool = new ForkJoinPool(1);

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void h12_gatherOnTheOnlyWorker_isCompensated() throws Exception {
        assertThat(onWorker(() -> gather(this::workersResult, this::workersResult)))
                .containsExactly("a", "a");
    }

    @Test
    void h12_awaitOfAStageOnTheOnlyWorker_isCompensated() throws Exception {
        assertThat(onWorker(() -> Weft.await(CompletableFuture.supplyAsync(() -> "a", pool))))
                .isEqualTo("a");
    }

    @Test
    void h12_limitedWaitsAndGroupsOnTheOnlyWorker_areCompensated() throws Exception {
        var result = onWorker(() -> timeout(
                Duration.ofMinutes(1),
                () -> taskGroup(group -> {
                    return group.createTask(this::workersResult).await();
                })));
        assertThat(result).isEqualTo("a");
    }

    @Test
    void h12_mapConcurrentOnTheOnlyWorker_isCompensated() throws Exception {
        assertThat(onWorker(() -> mapConcurrent(List.of(1, 2, 3), 2, item -> item + workersResult())))
                .containsExactly("1a", "2a", "3a");
    }

    @Test
    void h12_eventAndSemaphoreOnTheOnlyWorker_areCompensated() throws Exception {
        var event = new Event();
        var semaphore = new Semaphore(0);
        var waiting = pool.submit(() -> {
            event.await();
            semaphore.acquire();
            return "a";
        });
        pool.execute(event::set);
        pool.execute(semaphore::release);
        assertThat(waiting.get(GENEROUS_SECONDS, TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    void h12_eagerStartOnTheOnlyWorker_isCompensated() throws Exception {
        var result = onWorker(() -> taskGroup(group -> {
            return group.createTask(TaskOptions.defaults().eagerStart(true), this::workersResult)
                    .await();
        }));
        assertThat(result).isEqualTo("a");
    }

    @Test
    void h12_parallelStreamWhoseElementsNeedThePool_ends() throws Exception {
        var sum = onWorker(() -> IntStream.range(0, 20)
                .parallel()
                .map(i -> unchecked(() -> gather(() -> pool.submit(() -> i).get()))
                        .getFirst())
                .sum());
        assertThat(sum).isEqualTo(190);
    }

    @Test
    void h12_manyWaitsOneAfterTheOther_takeOneMoreWorkerForAll() throws Exception {
        onWorker(() -> {
            for (var i = 0; i < 200; i++) {
                gather(this::workersResult, this::workersResult);
            }
            return "a";
        });
        assertThat(pool.getPoolSize()).isLessThanOrEqualTo(4);
    }

    @Test
    void h12_poolThatMayNotGrow_isWaitedInWithout() throws Exception {
        try (var small = new ForkJoinPool(
                1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, false, 1, 1, 1, null, 1, TimeUnit.MINUTES)) {
            var result = small.submit(() -> gather(() -> Weft.sleep(Duration.ofMillis(2), "a")));
            assertThat(result.get(GENEROUS_SECONDS, TimeUnit.SECONDS)).containsExactly("a");
        }
    }

    private <T> T onWorker(Callable<T> call) throws InterruptedException, ExecutionException, TimeoutException {
        return pool.submit(call).get(GENEROUS_SECONDS, TimeUnit.SECONDS);
    }

    private String workersResult() throws InterruptedException, ExecutionException {
        return pool.submit(() -> "a").get();
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
