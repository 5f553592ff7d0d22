package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

import dev.weft.Outcome.Cancelled;
import dev.weft.Outcome.Failure;
import dev.weft.Outcome.Success;

/** {@code gather} throws the first failure; {@code settle} collects results and failures. */
public final class P03GatherHandlingExceptions {

    static String mightFail(int n) throws InterruptedException {
        sleep(ofMillis(500));
        if (n == 2) {
            throw new IllegalArgumentException("Task " + n + " failed!");
        }
        return "Task " + n + " succeeded";
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            // The first exception cancels all
            try {
                gather(
                        () -> mightFail(1),
                        () -> mightFail(2), // This will fail
                        () -> mightFail(3));
            } catch (IllegalArgumentException e) {
                IO.println("Error: " + e.getMessage());
            }

            // Collect all results and exceptions
            var outcomes = settle(() -> mightFail(1), () -> mightFail(2), () -> mightFail(3));

            var i = 0;
            for (var outcome : outcomes) {
                i++;
                switch (outcome) {
                    case Success(var result) -> IO.println("Task " + i + ": " + result);
                    case Failure(var exception) -> IO.println("Task " + i + ": Error - " + exception.getMessage());
                    case Cancelled<String> cancelled -> IO.println("Task " + i + ": " + cancelled.cancellation());
                }
            }
        });
    }
}
