package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.ReturnWhen.FIRST_COMPLETED;
import static dev.weft.ReturnWhen.FIRST_EXCEPTION;
import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.time.Duration.ofMillis;

import dev.weft.ReturnWhen;
import java.util.ArrayList;
import java.util.List;

/** {@code waitUntil}: what it waits for. */
public final class P32WaitReturnWhenOption {

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

    static List<Object> runWithReturnWhen(ReturnWhen returnWhen) throws InterruptedException {
        var tasks = List.of(
                createTask(() -> sayHelloWithDelay(0.3)),
                createTask(() -> raiseExceptionWithDelay(0.2)),
                createTask(() -> sayHelloWithDelay(0.1)));
        var waited = waitUntil(returnWhen, tasks);
        for (var task : waited.pending()) {
            task.cancel();
        }
        var results = new ArrayList<>();
        for (var task : waited.done()) {
            results.add(task.exception() == null ? task.result() : task.exception());
        }
        return results;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            IO.println("\n====ALL_COMPLETED====");
            IO.println(runWithReturnWhen(ALL_COMPLETED));
            // [0.3, java.lang.IllegalArgumentException: Error, 0.1]
            sleep(ofMillis(400));
            IO.println("\n====FIRST_COMPLETED====");
            IO.println(runWithReturnWhen(FIRST_COMPLETED));
            // [0.1]
            sleep(ofMillis(400));
            IO.println("\n====FIRST_EXCEPTION====");
            IO.println(runWithReturnWhen(FIRST_EXCEPTION));
            // [java.lang.IllegalArgumentException: Error, 0.1]
        });
    }
}
