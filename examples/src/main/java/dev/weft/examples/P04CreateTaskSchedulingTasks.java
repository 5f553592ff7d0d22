package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

/** {@code createTask}: work in the background. */
public final class P04CreateTaskSchedulingTasks {

    static String backgroundTask() throws InterruptedException {
        IO.println("Background: starting");
        sleep(ofSeconds(2));
        IO.println("Background: done");
        return "Background result";
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            // Create and schedule task (the event loop starts it when main first waits)
            var task = createTask(() -> backgroundTask());

            IO.println("Main: doing other work...");
            sleep(ofSeconds(1));
            IO.println("Main: still working...");

            // Wait for task to complete
            var result = task.await();
            IO.println("Main: got " + result);
        });
    }
}
