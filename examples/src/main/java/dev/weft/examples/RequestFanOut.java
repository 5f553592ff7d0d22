package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Body;
import dev.weft.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Five remote calls for one request under one deadline. Calls that are late or fail are left out; nothing runs on when
 * the answer is given. It needs no {@code run}: it works on a server's request thread as it is.
 */
public final class RequestFanOut {

    /** The services behind the page. */
    interface Remote {
        String get(String service) throws IOException, InterruptedException;
    }

    static List<String> page(Remote remote, Duration limit) throws InterruptedException {
        var deadline = Deadline.after(limit);
        return gather(
                () -> part("customer", deadline, () -> remote.get("customer")),
                () -> part("orders", deadline, () -> remote.get("orders")),
                () -> part("prices", deadline, () -> remote.get("prices")),
                () -> part("reviews", deadline, () -> remote.get("reviews")),
                () -> part("offers", deadline, () -> remote.get("offers")));
    }

    private static String part(String name, Deadline deadline, Body<String, IOException> call)
            throws InterruptedException {
        try {
            return timeoutAt(deadline, call);
        } catch (TimeoutException e) {
            return name + " (late)";
        } catch (IOException e) {
            return name + " (" + e.getMessage() + ")";
        }
    }

    public static void main(String... args) throws Exception {
        page(RequestFanOut::simulated, ofMillis(300)).forEach(IO::println);
    }

    private static String simulated(String service) throws IOException, InterruptedException {
        switch (service) {
            case "reviews" -> throw new IOException("no route to host");
            case "offers" -> sleep(ofSeconds(5));
            default -> sleep(ofMillis(50));
        }
        return service;
    }
}
