package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** {@code waitUntil}: which tasks are done, which are pending. */
public final class P07WaitFlexibleTaskWaiting {

    static String task(String name, int delay) throws InterruptedException {
        sleep(ofSeconds(delay));
        return "Task " + name;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = List.of(
                    createTask(() -> task("A", 2)), createTask(() -> task("B", 1)), createTask(() -> task("C", 3)));

            // Wait for all
            var waited = waitUntil(ALL_COMPLETED, tasks);
            var done = waited.done();
            var pending = waited.pending();

            IO.println("Done: " + done.size() + ", Pending: " + pending.size());
            for (var t : done) {
                IO.println("  Result: " + t.result());
            }
        });
    }
}
