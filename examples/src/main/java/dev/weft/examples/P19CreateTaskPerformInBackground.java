package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.time.Duration.ofMillis;

import java.util.List;

/** {@code createTask}: tasks that nobody holds. */
public final class P19CreateTaskPerformInBackground {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            for (var delay : List.of(0.3, 0.2, 0.1)) {
                // No set to keep the tasks alive, as in asyncio: the run holds them until they end,
                // and cancels those that still run when main ends.
                createTask(() -> sayHelloWithDelay(delay));
            }
            sleep(ofMillis(400));
        });
    }
}
