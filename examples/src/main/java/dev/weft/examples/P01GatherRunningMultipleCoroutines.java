package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

/** {@code gather}: several calls at once, their results in order. */
public final class P01GatherRunningMultipleCoroutines {

    static String task(String name, int delay) throws InterruptedException {
        IO.println("Task " + name + ": starting");
        sleep(ofSeconds(delay));
        IO.println("Task " + name + ": done");
        return "Result from " + name;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            // Run all concurrently, get results in order
            var results = gather(() -> task("A", 2), () -> task("B", 1), () -> task("C", 3));
            IO.println("Results: " + results);
        });
    }
}
