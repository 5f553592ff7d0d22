package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.time.Duration.ofSeconds;

/** {@code createTask}: a failure is thrown where the task is awaited, and harms no other task. */
public final class P18CreateTaskHandleException {

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
            var task1 = createTask(() -> sayHelloWithDelay(0.1));
            var task2 = createTask(() -> raiseExceptionWithDelay(0.2));
            var task3 = createTask(() -> sayHelloWithDelay(0.3));
            try {
                task1.await();
                task2.await();
                task3.await();
            } catch (IllegalArgumentException e) {
                IO.println(e.getMessage());
            }
            sleep(ofSeconds(1)); // Ensure all tasks have time to complete
        });
    }
}
