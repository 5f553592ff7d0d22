package dev.weft.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that a fetch is told.
 *
 * @param deadline to the whole, or null for none
 * @param timeout to each URL, from its permit to the end of its body
 * @param concurrency how many URLs are under way at once
 * @param perHost how many of one host are
 * @param dumpOnDeadline whether to tell what all tasks were doing when the deadline came
 * @param timeline where to write the picture, or null for none
 */
record FetchOptions(
        Inputs inputs,
        @Nullable Duration deadline,
        Duration timeout,
        int concurrency,
        int perHost,
        Request request,
        Format format,
        Progress progress,
        @Nullable Path timeline,
        boolean dumpOnDeadline) {

    /**
     * The JDK's client fails requests beyond what a server allows on its one HTTP/2 connection, which is seldom less
     * than a hundred.
     */
    private static final int MAX_STREAMS = 100;

    /** The limit for a host, as in {@code example.org:443}, when its URLs have this scheme. */
    int perHost(String scheme) {
        return scheme.equals("https") ? Math.min(perHost, MAX_STREAMS) : perHost;
    }
}
