package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import dev.weft.ExceptionGroup;
import dev.weft.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Failsafe's policies around calls in tasks: each task tries again, all share a circuit breaker, and Weft sets the
 * limit and cancels the rest when one fails for good.
 *
 * <p>They fit on one condition: a policy must know a cancellation from a failure. By default Failsafe tries again after
 * any exception; here both policies handle an {@link IOException} only, so a cancelled call ends at once, and does not
 * count against the shop. And what Failsafe wraps must come out as what it is.
 */
public final class WithFailsafe {

    private static final RetryPolicy<String> RETRY = RetryPolicy.<String>builder()
            .handle(IOException.class)
            .withMaxAttempts(4)
            .withBackoff(ofMillis(10), ofSeconds(1))
            .build();

    private WithFailsafe() {}

    static CircuitBreaker<String> breaker() {
        return CircuitBreaker.<String>builder()
                .handle(IOException.class)
                .withFailureThreshold(8, 10)
                .build();
    }

    static List<String> prices(Shop shop, CircuitBreaker<String> breaker, List<String> articles, Duration limit)
            throws ExceptionGroup, TimeoutException, InterruptedException {
        var tasks = new ArrayList<Task<String>>();
        timeout(
                limit,
                () -> taskGroup(group -> {
                    for (var article : articles) {
                        tasks.add(group.createTask(() -> guarded(breaker, () -> shop.price(article))));
                    }
                }));
        return tasks.stream().map(Task::result).toList();
    }

    /** Failsafe wraps checked exceptions, a cancellation too. Unwrapped, it is one, and a failure keeps its type. */
    private static String guarded(CircuitBreaker<String> breaker, CheckedSupplier<String> call) throws Exception {
        try {
            return Failsafe.with(RETRY, breaker).get(call);
        } catch (FailsafeException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    public static void main(String... args) throws Exception {
        prices(Shop.flaky(), breaker(), List.of("tea", "bread", "cheese", "figs"), ofSeconds(5))
                .forEach(IO::println);
    }
}
