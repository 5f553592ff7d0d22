package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

/** {@code createTask}: two tasks at once. */
public final class P17CreateTaskBasicUsage {

    static double sayHelloWithDelay(double delay) throws InterruptedException {
        sleep(seconds(delay));
        IO.println("Hello with " + delay + " sec delay");
        return delay;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var task1 = createTask(() -> sayHelloWithDelay(0.2));
            var task2 = createTask(() -> sayHelloWithDelay(0.1));
            var res1 = task1.await(); // <- on the event loop both tasks start here
            var res2 = task2.result();
            IO.println(res1 + " " + res2); // 0.2 0.1
        });
    }
}
