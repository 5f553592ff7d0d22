package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** {@code gather} of tasks that run already. */
public final class P06CreateTaskManagingMultipleTasks {

    static String worker(String name, int seconds) throws InterruptedException {
        IO.println("Worker " + name + ": starting");
        sleep(ofSeconds(seconds));
        IO.println("Worker " + name + ": finished");
        return "Result from " + name;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            // Create tasks
            var tasks = List.of(
                    createTask(() -> worker("A", 2)),
                    createTask(() -> worker("B", 1)),
                    createTask(() -> worker("C", 3)));

            // Wait for all to complete
            var results = gather(tasks);
            IO.println("All results: " + results);
        });
    }
}
