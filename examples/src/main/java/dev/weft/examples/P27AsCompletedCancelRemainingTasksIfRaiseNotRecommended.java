package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

import java.util.List;

/** {@code asCompleted}: cancelling the rest by hand. {@code gather} and {@code taskGroup} do it by themselves. */
public final class P27AsCompletedCancelRemainingTasksIfRaiseNotRecommended {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    static double raiseExceptionWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        throw new IllegalArgumentException("Error");
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = List.of(
                    createTask(() -> sayHelloWithDelay(0.1)),
                    createTask(() -> raiseExceptionWithDelay(0.2)),
                    createTask(() -> sayHelloWithDelay(0.3)));
            for (var next : asCompleted(tasks)) {
                try {
                    IO.println(next.await()); // 0.1
                } catch (IllegalArgumentException e) {
                    for (var task : tasks) {
                        task.cancel();
                    }
                    break;
                }
            }
        });
    }
}
