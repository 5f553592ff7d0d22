package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** {@code gather} of a list. */
public final class P02GatherWithListUnpacking {

    static String fetch(String url) throws InterruptedException {
        sleep(ofSeconds(1));
        return "Data from " + url;
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var urls = List.of(
                    "https://api.example.com/users",
                    "https://api.example.com/posts",
                    "https://api.example.com/comments");

            // Create tasks from list
            var tasks = urls.stream().map(url -> createTask(() -> fetch(url))).toList();
            var results = gather(tasks);

            for (var i = 0; i < urls.size(); i++) {
                IO.println(urls.get(i) + ": " + results.get(i));
            }
        });
    }
}
