package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

/** {@code timeout} around a block. Nobody catches its TimeoutException here: the program ends with exit status 1. */
public final class P13TimeoutsAsyncioTimeoutPython311 {

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            timeout(ofSeconds(2), () -> {
                sleep(ofSeconds(10)); // Will time out
            });
        });
    }
}
