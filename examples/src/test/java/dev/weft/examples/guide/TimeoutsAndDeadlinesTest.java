package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Deadline;
import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutsAndDeadlinesTest extends Page {

    @SimulationTest
    void timeout_boundsABlock() throws Exception {
        // snippet timeout
        try {
            timeout(ofSeconds(2), () -> gather(() -> fetch("a", 100), () -> fetch("slow", 60_000)));
        } catch (TimeoutException e) {
            println(e.getMessage()); // timeout of 2s has expired
        }
        // end
        assertPrinted("timeout of 2s has expired");
    }

    @SimulationTest
    void moveOnAfter_isEmpty() throws Exception {
        // snippet moveOn
        var advice = moveOnAfter(ofMillis(200), () -> fetch("slow", 60_000));
        println(advice.orElse("no advice today")); // no advice today
        // end
        assertPrinted("no advice today");
    }

    @SimulationTest
    void current_isTheEarliestDeadline() throws Exception {
        // snippet current
        timeout(
                ofSeconds(2),
                () -> timeout(ofSeconds(30), () -> {
                    var left = Deadline.current().map(Deadline::remaining).orElse(FOREVER);
                    println(left); // PT2S
                }));
        // end
        assertPrinted("PT2S");
    }

    @SimulationTest
    void deadline_isSharedByCalls() throws Exception {
        // snippet shared
        var deadline = Deadline.after(ofSeconds(2));
        var first = timeoutAt(deadline, () -> fetch("a", 1500));
        var second = moveOnAt(deadline, () -> fetch("b", 1500)); // has half a second left
        println(first + ", " + second.isPresent()); // a, false
        // end
        assertPrinted("a, false");
    }

    @SimulationTest
    void reschedule_movesTheDeadline() throws Exception {
        // snippet reschedule
        var page = timeout(ofSeconds(1), limit -> {
            var head = fetch("head", 900);
            limit.reschedule(ofSeconds(5)); // the server answers: 5 seconds from now
            return head + fetch("body", 4000);
        });
        println(page); // headbody
        // end
        assertPrinted("headbody");
    }

    @SimulationTest
    void waitFor_cancelsTheTask() throws Exception {
        // snippet waitFor
        var task = createTask(() -> fetch("slow", 60_000));
        try {
            waitFor(task, ofMillis(100));
        } catch (TimeoutException e) {
            println(task.isCancelled()); // true
        }
        // end
        assertPrinted("true");
    }

    @SimulationTest
    void wrong_swallowsTheLimit() throws Exception {
        // snippet wrongSwallow
        var page = timeout(ofMillis(100), () -> {
            try {
                return fetch("slow", 60_000);
            } catch (InterruptedException e) {
                return "stale page"; // hides that the limit has passed
            }
        });
        println(page); // stale page
        // end
        assertPrinted("stale page");
    }

    @SimulationTest
    void right_fallBackOutside() throws Exception {
        // snippet rightFallback
        var page = moveOnAfter(ofMillis(100), () -> fetch("slow", 60_000)).orElse("stale page");
        println(page); // stale page
        // end
        assertPrinted("stale page");
    }

    @Test
    void orTimeout_leavesTheWorkRunning() throws Exception {
        var release = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var future = CompletableFuture.supplyAsync(() -> {
                    try {
                        release.await();
                        return "late";
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    } finally {
                        ended.countDown();
                    }
                })
                .orTimeout(1, TimeUnit.MILLISECONDS);
        try {
            future.get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TimeoutException.class);
        }
        assertThat(ended.getCount()).isEqualTo(1);
        release.countDown();
        ended.await();
    }

    @SimulationTest
    void timeout_returnsAfterTheBodyHasEnded() throws Exception {
        var start = Deadline.now();
        try {
            timeout(ofMillis(100), () -> {
                try {
                    sleep(FOREVER);
                } finally {
                    uninterrupted(() -> sleep(ofMillis(50)));
                }
            });
        } catch (TimeoutException e) {
            println("late");
        }
        assertPrinted("late");
        assertThat(start.remaining()).isEqualTo(Duration.ofMillis(-150));
    }
}
