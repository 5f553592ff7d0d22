package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.stream.IntStream;

/** {@code waitUntil}: a task prints its state and result. */
public final class P29WaitBasicUsage {

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
            var waited = waitUntil(ALL_COMPLETED, tasks);
            IO.println(waited.done());
            IO.println(waited.pending()); // <- Always empty in this snippet
        });
    }
}
