package dev.weft.examples;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.ItemBody;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Ten thousand pages, a hundred at a time, each with a limit and a second try, all under one limit. The pages that have
 * come by then are kept.
 */
public final class ManyPages {

    private static final int AT_ONCE = 100;

    /** The pages that came in time, by number. */
    static SortedMap<Integer, String> fetchAll(
            Iterable<Integer> numbers, Duration limit, ItemBody<Integer, String, IOException> fetch)
            throws InterruptedException {
        var pages = new ConcurrentSkipListMap<Integer, String>();
        try {
            timeout(limit, () -> {
                forEachConcurrent(numbers, AT_ONCE, number -> pages.put(number, fetchOne(number, fetch)));
            });
        } catch (TimeoutException e) {
            // the pages still missing were late; their calls have ended
        }
        return pages;
    }

    /** A page's text, or why there is none: one broken page is no reason to give up the others. */
    private static String fetchOne(int number, ItemBody<Integer, String, IOException> fetch)
            throws InterruptedException {
        for (var attempt = 1; ; attempt++) {
            try {
                return timeout(ofSeconds(1), () -> fetch.run(number));
            } catch (IOException | TimeoutException e) {
                if (attempt == 2) {
                    return "failed: " + e.getMessage();
                }
            }
        }
    }

    public static void main(String... args) throws Exception {
        Iterable<Integer> numbers = IntStream.range(0, 10_000)::iterator;
        var pages = fetchAll(numbers, ofSeconds(2), number -> sleep(ofMillis(50), "page " + number));
        IO.println(pages.size() + " pages, the last one is " + pages.lastEntry().getValue());
    }
}
