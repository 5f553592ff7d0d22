package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

/** {@code asCompleted}: a failure is thrown in its turn; the others go on. */
public final class P26AsCompletedHandleException {

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
            var completions = asCompleted(
                    () -> sayHelloWithDelay(0.3), () -> raiseExceptionWithDelay(0.2), () -> sayHelloWithDelay(0.1));
            for (var next : completions) {
                try {
                    next.await();
                } catch (IllegalArgumentException e) {
                    IO.println(e.getMessage());
                }
            }
        });
    }
}
