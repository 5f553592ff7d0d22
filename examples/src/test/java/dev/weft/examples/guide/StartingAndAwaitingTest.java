package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Deadline;
import dev.weft.Outcome;
import dev.weft.ReturnWhen;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StartingAndAwaitingTest extends Page {

    @SimulationTest
    void task_runsBesideItsCreator() throws Exception {
        // snippet start
        var prices = createTask("prices", () -> fetch("prices", 100)); // returns at once
        var stock = fetch("stock", 100); // meanwhile, on this thread
        println(stock + " and " + prices.await()); // stock and prices
        // end
        assertPrinted("stock and prices");
    }

    @SimulationTest
    void await_throwsWhatTheBodyThrew() throws Exception {
        // snippet failure
        var task = createTask(() -> fetch("bad host", 10));
        try {
            task.await(IOException.class);
        } catch (IOException e) {
            println(e.getMessage()); // bad host is down
        }
        // end
        assertPrinted("bad host is down");
    }

    @SimulationTest
    void outcome_isAValue() throws Exception {
        var task = createTask(() -> fetch("a", 10));
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
        // snippet outcome
        var text = switch (task.outcome()) {
            case Outcome.Success<String>(var value) -> "got " + value;
            case Outcome.Failure<String>(var exception) -> "failed: " + exception.getMessage();
            case Outcome.Cancelled<String> cancelled ->
                "cancelled by " + cancelled.cancellation().origin();
        };
        println(text); // got a
        // end
        assertPrinted("got a");
    }

    @SimulationTest
    void wrong_oneAfterTheOther() throws Exception {
        var start = Deadline.now();
        // snippet wrongOrder
        var first = createTask(() -> fetch("a", 100)).await(); // waits before the second call has begun
        var second = createTask(() -> fetch("b", 100)).await();
        // end
        assertThat(first + second).isEqualTo("ab");
        assertThat(start.remaining()).isEqualTo(Duration.ofMillis(-200));
    }

    @SimulationTest
    void right_bothAtOnce() throws Exception {
        var start = Deadline.now();
        // snippet rightOrder
        var both = gather(() -> fetch("a", 100), () -> fetch("b", 100));
        // end
        assertThat(both).containsExactly("a", "b");
        assertThat(start.remaining()).isEqualTo(Duration.ofMillis(-100));
    }

    @Test
    void createTask_withoutARun_isRefused() {
        assertThatThrownBy(() -> createTask(() -> fetch("a", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("createTask");
    }

    @Test
    void otherThread_usesTheRunsHandle() throws Exception {
        // snippet otherThread
        run(() -> {
            var here = currentRun();
            var task = CompletableFuture.supplyAsync(() -> here.createTask(() -> fetch("a", 1)))
                    .join();
            println(task.await()); // a
        });
        // end
        assertPrinted("a");
    }

    @SimulationTest
    void onDone_isCalledOnce() throws Exception {
        // snippet onDone
        var task = createTask(() -> fetch("a", 10));
        task.onDone(ended -> println("ended: " + ended.result())); // ended: a
        task.await();
        // end
        sleep(Duration.ofMillis(1));
        assertPrinted("ended: a");
    }
}
