package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import dev.weft.CancelledException;
import java.util.concurrent.CancellationException;

/** Two different facts: I was cancelled, and what I awaited was cancelled. */
public final class P14TaskCancellationCancellingTasks {

    static void longRunning() throws InterruptedException {
        try {
            IO.println("Task: Starting long operation");
            sleep(ofSeconds(10));
            IO.println("Task: Completed");
        } catch (CancelledException e) {
            IO.println("Task: Cancelled!");
            throw e; // Rethrow to propagate
        }
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var task = createTask(() -> longRunning());

            sleep(ofSeconds(1));
            IO.println("Main: Cancelling task");
            task.cancel();

            try {
                task.await();
            } catch (CancellationException e) {
                IO.println("Main: Task was cancelled");
            }
        });
    }
}
