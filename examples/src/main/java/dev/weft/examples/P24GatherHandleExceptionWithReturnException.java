package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.util.stream.Collectors.joining;

import dev.weft.Outcome;
import dev.weft.Outcome.Cancelled;
import dev.weft.Outcome.Failure;
import dev.weft.Outcome.Success;

/** {@code settle}: how each one ended; no failure cancels anything. */
public final class P24GatherHandleExceptionWithReturnException {

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

    static String describe(Outcome<Double> outcome) {
        return switch (outcome) {
            case Success(var value) -> value.toString();
            case Failure(var exception) -> String.valueOf(exception.getMessage());
            case Cancelled<Double> cancelled -> cancelled.cancellation().toString();
        };
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var outcomes = settle(
                    () -> sayHelloWithDelay(0.3), () -> raiseExceptionWithDelay(0.2), () -> sayHelloWithDelay(0.1));
            IO.println(outcomes.stream().map(o -> describe(o)).collect(joining(" "))); // 0.3 Error 0.1
        });
    }
}
