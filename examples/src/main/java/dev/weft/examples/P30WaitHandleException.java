package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

import java.util.List;

/** {@code waitUntil} throws nothing that a task threw; awaiting or asking the task does. */
public final class P30WaitHandleException {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    static double raiseExceptionWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Raise with " + delay + " sec delay");
        throw new IllegalArgumentException("Error");
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = List.of(
                    createTask(() -> sayHelloWithDelay(0.1)),
                    createTask(() -> raiseExceptionWithDelay(0.2)),
                    createTask(() -> sayHelloWithDelay(0.3)));
            var waited = waitUntil(ALL_COMPLETED, tasks);
            for (var task : waited.done()) {
                try {
                    task.await();
                } catch (IllegalArgumentException e) {
                    IO.println(e.getMessage());
                }
            }
            // or
            for (var task : waited.done()) {
                if (task.exception() != null) {
                    IO.println(task.exception().getMessage());
                }
            }
        });
    }
}
