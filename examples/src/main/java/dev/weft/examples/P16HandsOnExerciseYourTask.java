package dev.weft.examples;

import static dev.weft.ReturnWhen.ALL_COMPLETED;
import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;
import static java.time.Duration.ofSeconds;

import dev.weft.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ten pages with random delays under one limit: which came in time, which did not. */
public final class P16HandsOnExerciseYourTask {

    record Page(String url, double delay, String status) {}

    /** Simulates fetching a URL with random delay. */
    static Page fetchUrl(String url) throws InterruptedException {
        var delay = ThreadLocalRandom.current().nextDouble(0.5, 2.5);
        sleep(seconds(delay));
        return new Page(url, delay, "success");
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var urls = IntStream.range(0, 10)
                    .mapToObj(i -> "https://example.com/page/" + i)
                    .toList();

            // Create tasks
            var tasks = new LinkedHashMap<Task<Page>, String>();
            for (var url : urls) {
                tasks.put(createTask(() -> fetchUrl(url)), url);
            }

            var completed = new ArrayList<Page>();
            var failed = new ArrayList<String>();

            // Wait with timeout; this throws nothing that a task has thrown
            var waited = waitUntil(ALL_COMPLETED, tasks.keySet(), ofSeconds(3));

            // Process completed
            for (var task : waited.done()) {
                if (task.exception() != null) {
                    failed.add(tasks.get(task));
                } else {
                    var result = task.result();
                    completed.add(result);
                    IO.println(String.format(Locale.ROOT, "✓ %s (%.2fs)", result.url(), result.delay()));
                }
            }

            // Handle pending (timed out)
            for (var task : waited.pending()) {
                failed.add(tasks.get(task));
                task.cancel();
            }

            // Report
            IO.println("\n=== Summary ===");
            IO.println("Completed: " + completed.size() + "/" + urls.size());
            IO.println("Timed out: " + failed.size());

            if (!failed.isEmpty()) {
                IO.println("Failed URLs:");
                for (var url : failed) {
                    IO.println("  - " + url);
                }
            }
        });
    }
}
