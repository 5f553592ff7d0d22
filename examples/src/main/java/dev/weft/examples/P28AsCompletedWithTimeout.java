package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.time.Duration.ofMillis;

import dev.weft.Body;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** {@code asCompleted} with a limit to the whole. */
public final class P28AsCompletedWithTimeout {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            List<Body<Double, ?>> bodies =
                    List.of(() -> sayHelloWithDelay(0.3), () -> sayHelloWithDelay(0.2), () -> sayHelloWithDelay(0.1));
            for (var next : asCompleted(bodies, ofMillis(150))) {
                try {
                    IO.println(next.await());
                } catch (TimeoutException e) {
                    IO.println("Timeout");
                }
            }
        });
    }
}
