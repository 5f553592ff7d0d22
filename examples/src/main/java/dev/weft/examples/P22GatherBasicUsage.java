package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

/** {@code gather}: results in the order of the arguments. */
public final class P22GatherBasicUsage {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var results =
                    gather(() -> sayHelloWithDelay(0.1), () -> sayHelloWithDelay(0.2), () -> sayHelloWithDelay(0.3));
            IO.println(results.get(0) + " " + results.get(1) + " " + results.get(2)); // 0.1 0.2 0.3
        });
    }
}
