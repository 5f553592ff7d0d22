package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Outcome;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.sync.Semaphore;
import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LookingInsideTest extends Page {

    @Test
    void dump_namesTasks() throws Exception {
        var text = new String[1];
        // snippet dump
        run(() -> {
            var begun = new CountDownLatch(1);
            createTask("refresher", () -> {
                begun.countDown();
                sleep(FOREVER);
            });
            begun.await();
            text[0] = dump().toString(); // a tree of what runs, with what each task waits for
        });
        // end
        assertThat(text[0]).contains("task 'refresher'");
    }

    @SimulationTest
    void snapshot_namesWaiters() throws Exception {
        // snippet snapshot
        var slots = new Semaphore(0);
        var waiter = createTask("report", () -> slots.acquire());
        sleep(Duration.ofMillis(1));
        println(slots.snapshot().waiting()); // 1
        slots.release();
        waiter.await();
        // end
        assertPrinted("1");
    }

    @Test
    void listener_seesEnds() throws Exception {
        // snippet listener
        var listener = new TaskListener() {
            @Override
            public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                if (task.isNamed()) {
                    println(task.name() + ": " + outcome.isSuccess()); // invoice: true
                }
            }
        };
        try (var runner = Runner.builder().listener(listener).build()) {
            runner.run(() -> {
                createTask("invoice", () -> fetch("invoice", 1)).await();
            });
        }
        // end
        assertPrinted("invoice: true");
    }

    @SimulationTest
    void name_isTheThreadsName() throws Exception {
        // snippet names
        var thread = createTask("invoice 42", () -> Thread.currentThread().getName());
        println(thread.await()); // invoice 42
        // end
        assertPrinted("invoice 42");
    }
}
