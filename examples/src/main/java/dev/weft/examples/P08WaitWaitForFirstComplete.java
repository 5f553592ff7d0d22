package dev.weft.examples;

import static dev.weft.ReturnWhen.FIRST_COMPLETED;
import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** {@code waitUntil}: the first one to complete. {@code race} does all of this in one call. */
public final class P08WaitWaitForFirstComplete {

    static String fetchFromServer(String server, int delay) throws InterruptedException {
        sleep(ofSeconds(delay));
        return "Data from " + server;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = List.of(
                    createTask(() -> fetchFromServer("Server1", 2)),
                    createTask(() -> fetchFromServer("Server2", 1)),
                    createTask(() -> fetchFromServer("Server3", 3)));

            // Wait for first to complete
            var waited = waitUntil(FIRST_COMPLETED, tasks);

            // Use first result
            var firstTask = waited.done().iterator().next();
            IO.println("First result: " + firstTask.result());

            // Cancel remaining
            for (var task : waited.pending()) {
                task.cancel();
            }
        });
    }
}
