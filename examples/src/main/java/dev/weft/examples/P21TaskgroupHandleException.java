package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

import dev.weft.ExceptionGroup;

/** {@code taskGroup}: the first failure cancels the rest; failures come as an ExceptionGroup. */
public final class P21TaskgroupHandleException {

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
                taskGroup(group -> {
                    group.createTask(() -> sayHelloWithDelay(0.1));
                    group.createTask(() -> raiseExceptionWithDelay(0.2));
                    group.createTask(() -> sayHelloWithDelay(0.3));
                });
            } catch (ExceptionGroup group) { // <- all exceptions are in ExceptionGroup
                group.handle(IllegalArgumentException.class, e -> IO.println(e.getMessage()))
                        .rethrowRest();
            }
        });
    }
}
