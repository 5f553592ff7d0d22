package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.concurrent.TimeoutException;

/** {@code waitFor}: no longer than this. */
public final class P11TimeoutsAsyncioWaitFor {

    static String slowOperation() throws InterruptedException {
        sleep(ofSeconds(10));
        return "Done";
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            try {
                var result = waitFor(() -> slowOperation(), ofSeconds(2));
                IO.println("Result: " + result);
            } catch (TimeoutException e) {
                IO.println("Operation timed out!");
            }
        });
    }
}
