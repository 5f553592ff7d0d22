package dev.weft.cli.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up URLs for a demonstration: of ten, seven answer after 0.5 to 2.5 s, one answers with an error, one breaks
 * off, and one never answers.
 */
public final class DemoUrls {

    private static final int MIN_DELAY_MILLIS = 500;
    private static final int MAX_DELAY_MILLIS = 2500;
    private static final int MAX_SIZE = 40_000;
    private static final int[] ERRORS = {404, 503, 500};

    private DemoUrls() {}

    /**
     * Makes up {@code count} URLs, taking turns among the origins.
     *
     * @param seed the same one makes the same URLs
     */
    public static List<URI> of(List<URI> origins, int count, long seed) {
        var random = new Random(seed);
        var urls = new ArrayList<URI>(count);
        for (var i = 0; i < count; i++) {
            var origin = origins.get(i % origins.size());
            var delay = random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1);
            var size = random.nextInt(200, MAX_SIZE);
            urls.add(origin.resolve("/page/" + i + "?" + query(i, delay, size)));
        }
        return List.copyOf(urls);
    }

    private static String query(int i, int delay, int size) {
        return switch (i % 10) {
            case 3 -> "delay=" + delay + "ms&status=" + ERRORS[i / 10 % ERRORS.length];
            case 6 -> "delay=" + delay + "ms&size=" + size + "&break=body";
            case 8 -> "silent";
            default -> "delay=" + delay + "ms&size=" + size;
        };
    }
}
