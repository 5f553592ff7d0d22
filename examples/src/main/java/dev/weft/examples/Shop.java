package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a remote service that is asked for prices; what the programs with other libraries' policies call. */
@FunctionalInterface
interface Shop {

    String price(String article) throws IOException, InterruptedException;

    /** One whose every third answer is an error. */
    static Shop flaky() {
        var calls = new AtomicInteger();
        return article -> {
            sleep(ofMillis(20));
            if (calls.incrementAndGet() % 3 == 0) {
                throw new IOException("connection reset");
            }
            return article + " costs " + 10 * article.length();
        };
    }
}
