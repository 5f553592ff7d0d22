package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

import dev.weft.Task;
import java.util.List;

/** {@code taskGroup}: tasks that end together. */
public final class P20TaskgroupBasicUsage {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = taskGroup(group -> {
                return List.of(
                        group.createTask(() -> sayHelloWithDelay(0.3)),
                        group.createTask(() -> sayHelloWithDelay(0.2)),
                        group.createTask(() -> sayHelloWithDelay(0.1)));
            }); // <- returns when all tasks have ended
            var results = tasks.stream().map(Task::result).toList();
            IO.println("both tasks have completed now: " + results);
        });
    }
}
