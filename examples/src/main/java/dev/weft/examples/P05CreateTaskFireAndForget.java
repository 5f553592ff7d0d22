package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

/** {@code createTask}: start now, look later. */
public final class P05CreateTaskFireAndForget {

    static void logEvent(String event) throws InterruptedException {
        sleep(ofMillis(100)); // Simulate slow logging
        IO.println("Logged: " + event);
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            // Start task but don't wait
            var task = createTask(() -> logEvent("User logged in"));

            // Continue immediately
            IO.println("Processing request...");
            sleep(ofMillis(500));
            IO.println("Request done");

            // Make sure task completes before exiting
            task.await();
        });
    }
}
