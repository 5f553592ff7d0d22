package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.stream.IntStream;

/** {@code waitUntil} with a limit: that it passes is no error. */
public final class P31WaitWithTimeout {

    static int sayHelloWithDelay(int delay) throws InterruptedException {
        sleep(ofSeconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = IntStream.range(0, 3)
                    .mapToObj(i -> createTask(() -> sayHelloWithDelay(i)))
                    .toList();
            var waited = waitUntil(ALL_COMPLETED, tasks, ofMillis(1500));
            IO.println(waited.done()); // delay 0 and delay 1
            IO.println(waited.pending()); // delay 2
            // waitUntil does not cancel the tasks when its limit passes,
            // so we need to cancel them ourselves
            for (var task : waited.pending()) {
                task.cancel();
            }
        });
    }
}
