package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

/** {@code asCompleted}: results in the order in which they come. */
public final class P09AsCompletedProcessResultsAsTheyArrive {

    static String fetch(String url, int delay) throws InterruptedException {
        sleep(ofSeconds(delay));
        return "Data from " + url;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var fetches = asCompleted(() -> fetch("url1", 3), () -> fetch("url2", 1), () -> fetch("url3", 2));

            // Process as each completes (fastest first)
            for (var next : fetches) {
                var result = next.await();
                IO.println("Got: " + result);
            }
        });
    }
}
