package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ReturnWhen;
import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

class ResultsAsTheyComeTest extends Page {

    @SimulationTest
    void asCompleted_firstComeFirst() throws Exception {
        // snippet asCompleted
        for (var next : asCompleted(() -> fetch("slow", 200), () -> fetch("fast", 100))) {
            println(next.await()); // fast, slow
        }
        // end
        assertPrinted("fast", "slow");
    }

    @SimulationTest
    void asCompleted_failureIsThrownAtItsTurn() throws Exception {
        // snippet failures
        for (var next : asCompleted(() -> fetch("bad host", 10), () -> fetch("good", 100))) {
            var task = next.task(); // waits for the next one to end; throws nothing of its own
            println(task.exception() == null ? task.result() : "failed"); // failed, good
        }
        // end
        assertPrinted("failed", "good");
    }

    @SimulationTest
    void asCompleted_leftEarly() throws Exception {
        // snippet leave
        try (var results = asCompleted(() -> fetch("slow", 60_000), () -> fetch("fast", 100))) {
            for (var next : results) {
                println(next.await()); // fast
                break;
            }
        } // cancels slow, and waits until it has ended
        // end
        assertPrinted("fast");
        assertThat(allTasks()).hasSize(1);
    }

    @SimulationTest
    void asCompleted_withALimit() throws Exception {
        // snippet limit
        List<Callable<String>> bodies = List.of(() -> fetch("fast", 100), () -> fetch("slow", 60_000));
        try (var results = asCompleted(bodies, ofMillis(500))) {
            for (var next : results) {
                println(next.await()); // fast
            }
        } catch (TimeoutException e) {
            println("the rest is late"); // the rest is late
        }
        // end
        assertPrinted("fast", "the rest is late");
    }

    @SimulationTest
    void waitUntil_splitsDoneAndPending() throws Exception {
        // snippet waitUntil
        var tasks = List.of(createTask(() -> fetch("fast", 100)), createTask(() -> fetch("slow", 200)));
        var waited = waitUntil(ReturnWhen.FIRST_COMPLETED, tasks);
        println(waited.done().size() + " done, " + waited.pending().size() + " pending"); // 1 done, 1 pending
        gather(tasks);
        // end
        assertPrinted("1 done, 1 pending");
    }

    @SimulationTest
    void wrong_inTheOrderOfTheStart() throws Exception {
        // snippet wrong
        var tasks = List.of(createTask(() -> fetch("slow", 200)), createTask(() -> fetch("fast", 100)));
        for (var task : tasks) {
            println(task.await()); // slow, fast
        }
        // end
        assertPrinted("slow", "fast");
    }
}
