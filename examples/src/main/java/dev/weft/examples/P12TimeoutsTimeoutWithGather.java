package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.concurrent.TimeoutException;

/** {@code waitFor} around {@code gather}: one limit for all. */
public final class P12TimeoutsTimeoutWithGather {

    static String fetch(String url, int delay) throws InterruptedException {
        sleep(ofSeconds(delay));
        return "Data from " + url;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            try {
                var results = waitFor(
                        () -> gather(
                                () -> fetch("api1", 1), () -> fetch("api2", 2), () -> fetch("api3", 5)), // api3 is slow
                        ofSeconds(3));
                IO.println(results);
            } catch (TimeoutException e) {
                IO.println("Some requests timed out");
            }
        });
    }
}
