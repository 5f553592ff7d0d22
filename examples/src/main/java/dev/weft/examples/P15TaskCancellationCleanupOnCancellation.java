package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.CancelledException;
import java.util.concurrent.CancellationException;

/** Clean-up after a cancellation may block. */
public final class P15TaskCancellationCleanupOnCancellation {

    static void taskWithCleanup() throws InterruptedException {
        try {
            IO.println("Acquiring resources...");
            sleep(ofSeconds(10));
        } catch (CancelledException e) {
            IO.println("Cleaning up resources...");
            sleep(ofMillis(100)); // Cleanup time
            IO.println("Cleanup complete");
            throw e;
        } finally {
            IO.println("Finally block executed");
        }
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var task = createTask(() -> taskWithCleanup());
            sleep(ofSeconds(1));
            task.cancel();

            try {
                task.await();
            } catch (CancellationException e) {
                // as expected
            }
        });
    }
}
