package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

/** {@code asCompleted}: results in the order in which they come. */
public final class P25AsCompletedBasicUsage {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var completions = asCompleted(
                    () -> sayHelloWithDelay(0.3), () -> sayHelloWithDelay(0.2), () -> sayHelloWithDelay(0.1));
            for (var next : completions) {
                var earliestResult = next.await();
                IO.println("earliest_result: " + earliestResult); // <- You can handle the result as it comes
            }
        });
    }
}
