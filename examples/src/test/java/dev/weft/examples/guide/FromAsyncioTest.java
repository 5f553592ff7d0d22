package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

import dev.weft.CancelledException;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.concurrent.CancellationException;

class FromAsyncioTest extends Page {

    @SimulationTest
    void cancellation_hasTwoTypes() throws Exception {
        // snippet twoTypes
        var task = createTask(() -> {
            try {
                return fetch("slow", 60_000);
            } catch (CancelledException e) {
                println("the task is cancelled"); // the task is cancelled
                throw e;
            }
        });
        sleep(ofMillis(10));
        task.cancel();
        try {
            task.await();
        } catch (CancellationException e) {
            println("what was awaited is cancelled"); // what was awaited is cancelled
        }
        // end
        assertPrinted("the task is cancelled", "what was awaited is cancelled");
    }

    @SimulationTest
    void gather_cancelsTheRest() throws Exception {
        // snippet gather
        try {
            gather(() -> fetch("bad host", 10), () -> fetch("slow", 60_000));
        } catch (IOException e) {
            println(allTasks().size() + " task left: this one"); // 1 task left: this one
        }
        // end
        assertPrinted("1 task left: this one");
    }
}
