package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

/** {@code gather}: the first failure cancels the rest and is thrown as it is. */
public final class P23GatherHandleException {

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
            try {
                gather(() -> sayHelloWithDelay(0.1), () -> raiseExceptionWithDelay(0.2), () -> sayHelloWithDelay(0.3));
            } catch (IllegalArgumentException e) {
                IO.println(e.getMessage());
            }
        });
    }
}
