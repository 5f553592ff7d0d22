package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.ExceptionGroup;
import dev.weft.Task;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Resilience4j's policies around calls in tasks: each task tries again, all share a circuit breaker, and Weft sets the
 * limit and cancels the rest when one fails for good.
 *
 * <p>They fit on one condition: a policy must know a cancellation from a failure. By default Resilience4j tries again
 * after any exception; here both policies look at an {@link IOException} only, so a cancelled call ends at once, and
 * does not count against the shop.
 */
public final class WithResilience4j {

    private static final Retry RETRY = Retry.of(
            "prices",
            RetryConfig.custom()
                    .retryExceptions(IOException.class)
                    .maxAttempts(4)
                    .waitDuration(ofMillis(10))
                    .build());

    private WithResilience4j() {}

    static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "shop",
                CircuitBreakerConfig.custom()
                        .recordExceptions(IOException.class)
                        .ignoreExceptions(InterruptedException.class)
                        .slidingWindowSize(10)
                        .failureRateThreshold(80)
                        .build());
    }

    static List<String> prices(Shop shop, CircuitBreaker breaker, List<String> articles, Duration limit)
            throws ExceptionGroup, TimeoutException, InterruptedException {
        var tasks = new ArrayList<Task<String>>();
        timeout(
                limit,
                () -> taskGroup(group -> {
                    for (var article : articles) {
                        var guarded = CircuitBreaker.decorateCallable(breaker, () -> shop.price(article));
                        tasks.add(group.createTask(() -> RETRY.executeCallable(guarded)));
                    }
                }));
        return tasks.stream().map(Task::result).toList();
    }

    public static void main(String... args) throws Exception {
        prices(Shop.flaky(), breaker(), List.of("tea", "bread", "cheese", "figs"), ofSeconds(5))
                .forEach(IO::println);
    }
}
