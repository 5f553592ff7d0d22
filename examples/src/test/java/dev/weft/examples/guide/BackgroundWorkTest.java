package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledException;
import dev.weft.Problem;
import dev.weft.Runner;
import dev.weft.TaskOptions;
import dev.weft.test.SimulationError;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest extends Page {

    @Test
    void endOfMain_cancelsWhatIsLeft() throws Exception {
        // snippet endOfRun
        run(() -> {
            var ready = new CountDownLatch(1);
            createTask("ticker", () -> {
                try {
                    ready.countDown();
                    sleep(FOREVER);
                } finally {
                    println("ticker ends"); // ticker ends
                }
            });
            ready.await();
        }); // cancels the ticker, and waits until it has ended
        println("run ends"); // run ends
        // end
        assertPrinted("ticker ends", "run ends");
    }

    @Test
    void startedRun_livesUntilItIsClosed() throws Exception {
        // snippet startedRun
        var problems = new ConcurrentLinkedQueue<Problem>();
        var run = Runner.builder().onProblem(problems::add).start(); // when the application starts

        var invoice = run.createTask(TaskOptions.named("invoice"), () -> fetch("invoice", 20)); // on any thread

        var allEnded = run.close(ofSeconds(20)); // at shutdown: waits for its tasks, cancels the rest after 20 s
        println(allEnded + ", " + invoice.result()); // true, invoice
        // end
        assertPrinted("true, invoice");
        assertThat(problems).isEmpty();
    }

    @Test
    void executor_runsTasksOfTheRun() throws Exception {
        // snippet executor
        try (var run = Runner.builder().start()) {
            var executor = run.asExecutorService(); // for a library that asks for an executor
            println(executor.submit(() -> fetch("a", 1)).get()); // a
        }
        // end
        assertPrinted("a");
    }

    @SimulationTest
    void loop_survivesFailures() throws Exception {
        var rounds = new AtomicInteger();
        // snippet rightLoop
        var refresher = createTask("refresher", () -> {
            while (true) {
                try {
                    fetch(rounds.incrementAndGet() == 2 ? "bad host" : "prices", 10);
                } catch (IOException e) {
                    println(e.getMessage()); // bad host is down
                }
                sleep(ofSeconds(60));
            }
        });
        // end
        sleep(ofSeconds(200));
        refresher.cancel();
        sleep(ofMillis(1));
        assertThat(refresher.isCancelled()).isTrue();
        assertThat(rounds).hasValue(4);
        assertPrinted("bad host is down");
    }

    @SimulationTest(allow = SimulationError.Kind.IGNORED_CANCELLATION)
    void wrong_loopCatchesTheRequest() throws Exception {
        var rounds = new AtomicInteger();
        // snippet wrongLoop
        var refresher = createTask("refresher", () -> {
            while (rounds.incrementAndGet() < 5) {
                try {
                    fetch("prices", 10);
                    sleep(ofSeconds(60));
                } catch (Exception e) { // the request to stop ends here, and the loop goes on
                    println(e instanceof CancelledException); // true
                }
            }
        });
        // end
        sleep(ofSeconds(30));
        refresher.cancel();
        refresher.await();
        assertThat(refresher.isCancelled()).isFalse();
        assertThat(rounds).hasValue(5);
        assertPrinted("true");
    }
}
