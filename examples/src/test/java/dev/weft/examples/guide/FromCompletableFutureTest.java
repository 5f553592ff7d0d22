package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ReturnWhen;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FromCompletableFutureTest extends Page {

    private static String price(CountDownLatch release) {
        try {
            release.await();
            return "price";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void orTimeout_leavesTheCallRunning() throws Exception {
        var release = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        // snippet wrongOrTimeout
        var future = CompletableFuture.supplyAsync(() -> {
                    try {
                        return price(release);
                    } finally {
                        ended.countDown();
                    }
                })
                .orTimeout(10, TimeUnit.MILLISECONDS);
        try {
            future.get();
        } catch (ExecutionException e) {
            println(e.getCause() instanceof TimeoutException); // true
            println("calls that still run: " + ended.getCount()); // calls that still run: 1
        }
        // end
        assertPrinted("true", "calls that still run: 1");
        release.countDown();
        ended.await();
    }

    @SimulationTest
    void timeout_stopsTheCall() throws Exception {
        var ended = new CountDownLatch(1);
        // snippet rightTimeout
        try {
            timeout(ofMillis(10), () -> {
                try {
                    return fetch("price", 60_000);
                } finally {
                    ended.countDown();
                }
            });
        } catch (TimeoutException e) {
            println("calls that still run: " + ended.getCount()); // calls that still run: 0
        }
        // end
        assertPrinted("calls that still run: 0");
    }

    @SimulationTest
    void combine_isThenCombine() throws Exception {
        // snippet combine
        var text = combine(() -> fetch("tea", 20), () -> fetch("3 euros", 10), (item, price) -> item + ": " + price);
        println(text); // tea: 3 euros
        // end
        assertPrinted("tea: 3 euros");
    }

    @SimulationTest
    void fallback_isACatch() throws Exception {
        // snippet fallback
        String page;
        try {
            page = fetch("bad host", 10);
        } catch (IOException e) {
            page = "stale page";
        }
        println(page); // stale page
        // end
        assertPrinted("stale page");
    }

    @Test
    void stages_areAwaitedAndGiven() throws Exception {
        // snippet both
        run(() -> {
            println(await(CompletableFuture.supplyAsync(() -> "from a stage"))); // from a stage

            var future = createTask(() -> fetch("from a task", 1)).toCompletableFuture();
            println(future.get()); // from a task
        });
        // end
        assertPrinted("from a stage", "from a task");
    }

    @Test
    void cancel_ofTheFuture_cancelsTheTask() throws Exception {
        run(() -> {
            var begun = new CountDownLatch(1);
            // snippet cancel
            var task = createTask(() -> {
                begun.countDown();
                sleep(FOREVER);
            });
            begun.await();
            task.toCompletableFuture().cancel(true);
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            println(task.isCancelled()); // true
            // end
        });
        assertPrinted("true");
        assertThat(Thread.interrupted()).isFalse();
    }
}
