package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.ExceptionGroup;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.RetryPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few workers, a bounded queue, and a polite rate: who puts waits while the queue is full, workers go home when it is
 * shut down, and a page that fails is tried again. If one fails for good, the group cancels the rest.
 */
public final class Crawl {

    /** Where pages come from. */
    interface Site {
        String get(String page) throws IOException, InterruptedException;
    }

    private static final int WORKERS = 4;

    static Map<String, String> crawl(Site site, List<String> pages, RateLimiter limiter)
            throws ExceptionGroup, InterruptedException {
        var found = new ConcurrentHashMap<String, String>();
        var queue = new Queue<String>(10);
        var policy = RetryPolicy.attempts(3).backoff(ofMillis(50), ofSeconds(1)).jitter(0.2);
        taskGroup(group -> {
            for (var i = 0; i < WORKERS; i++) {
                group.createTask(() -> {
                    for (var page : queue) {
                        limiter.acquire();
                        found.put(page, retry(policy, () -> site.get(page)));
                    }
                });
            }
            for (var page : pages) {
                queue.put(page);
            }
            queue.shutdown();
        });
        return found;
    }

    public static void main(String... args) throws Exception {
        var pages = List.of("home", "news", "about", "prices", "contact", "imprint");
        var limiter = new RateLimiter(20, ofSeconds(1), 5);
        crawl(new Flaky()::get, pages, limiter).forEach((page, text) -> IO.println(page + ": " + text));
    }

    /** Stands for a site that fails now and then. */
    private static final class Flaky {

        private final AtomicInteger calls = new AtomicInteger();

        String get(String page) throws IOException, InterruptedException {
            sleep(ofMillis(20));
            if (calls.incrementAndGet() % 3 == 0) {
                throw new IOException("connection reset");
            }
            return page.length() + " letters";
        }
    }
}
