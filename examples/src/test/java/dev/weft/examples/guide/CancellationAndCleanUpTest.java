package dev.weft.examples.guide;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledException;
import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationAndCleanUpTest extends Page {

    @SimulationTest
    void cancel_hasAReason() throws Exception {
        // snippet cancel
        var task = createTask("refresh", () -> {
            try {
                return fetch("slow", 60_000);
            } catch (CancelledException e) {
                println(e.cancellation().reason()); // user left
                throw e;
            } finally {
                println("cleaned up"); // cleaned up
            }
        });
        sleep(ofMillis(10));
        task.cancel("user left");
        try {
            task.await();
        } catch (CancellationException e) {
            println(task.isCancelled()); // true
        }
        // end
        assertPrinted("user left", "cleaned up", "true");
    }

    @SimulationTest
    void wrong_goesOnAfterTheRequest() throws Exception {
        var rounds = new ArrayList<Integer>();
        // snippet wrongGoOn
        var task = createTask(() -> {
            for (var i = 0; i < 3; i++) {
                try {
                    fetch("page " + i, 1000);
                } catch (InterruptedException e) {
                    println("ignored"); // ignored
                }
                rounds.add(i);
            }
        });
        sleep(ofMillis(10));
        task.cancel();
        task.await(); // two more seconds, and no CancellationException
        // end
        assertPrinted("ignored");
        assertThat(rounds).containsExactly(0, 1, 2);
    }

    @SimulationTest
    void right_passesTheRequestOn() throws Exception {
        var rounds = new ArrayList<Integer>();
        // snippet rightPassOn
        var task = createTask(() -> {
            for (var i = 0; i < 3; i++) {
                fetch("page " + i, 1000); // throws CancelledException out of the loop
                rounds.add(i);
            }
        });
        // end
        sleep(ofMillis(10));
        task.cancel();
        assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        assertThat(rounds).isEmpty();
    }

    private final class Opened implements AutoCloseable {

        String query(String text) throws InterruptedException {
            sleep(ofMillis(100));
            return text;
        }

        @Override
        public void close() {
            println("closed"); // closed
        }
    }

    private Opened open() {
        return new Opened();
    }

    @SimulationTest
    void wrong_resourceStaysOpen() throws Exception {
        var result = moveOnAfter(ofMillis(10), () -> {
            // snippet wrongOpen
            var connection = open();
            var row = connection.query("select 1"); // when this is cancelled, close is not called
            connection.close();
            // end
            return row;
        });
        assertThat(result).isEmpty();
        assertPrinted();
    }

    @SimulationTest
    void right_resourceIsClosed() throws Exception {
        var result = moveOnAfter(ofMillis(10), () -> {
            // snippet rightOpen
            try (var connection = open()) {
                return connection.query("select 1");
            }
            // end
        });
        assertThat(result).isEmpty();
        assertPrinted("closed");
    }

    @SimulationTest
    void uninterrupted_finishesCleanUp() throws Exception {
        // snippet uninterrupted
        var done = moveOnAfter(ofMillis(100), () -> {
            try {
                sleep(FOREVER);
            } finally {
                uninterrupted(() -> println(fetch("rolled back", 50))); // rolled back
            }
        });
        println(done); // false
        // end
        assertPrinted("rolled back", "false");
    }

    @SimulationTest
    void shield_workGoesOn() throws Exception {
        // snippet shield
        var payment = createTask(() -> fetch("paid", 500));
        var seen = moveOnAfter(ofMillis(100), () -> shield(payment));
        println(seen.isPresent() + ", then " + payment.await()); // false, then paid
        // end
        assertPrinted("false, then paid");
    }

    @SimulationTest
    void cancellable_hasAHandle() throws Exception {
        // snippet cancellable
        var answer = cancellable(scope -> {
            createTask(() -> {
                sleep(ofMillis(100));
                scope.cancel("the button was pressed"); // from any thread
            });
            return fetch("slow", 60_000);
        });
        println(answer.isPresent()); // false
        // end
        assertPrinted("false");
    }

    @Test
    void onCancel_stopsWhatIgnoresInterrupts() throws Exception {
        run(() -> {
            // snippet onCancel
            var begun = new CountDownLatch(1);
            var stopped = new CountDownLatch(1);
            var task = createTask(() -> onCancel(() -> stopped.countDown(), () -> {
                begun.countDown();
                stopped.await(); // stands for a call that returns only when its socket is closed
                return "stopped by the action";
            }));
            begun.await();
            task.cancel();
            println(task.await()); // stopped by the action
            // end
        });
        assertPrinted("stopped by the action");
    }
}
