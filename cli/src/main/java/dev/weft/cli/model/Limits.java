package dev.weft.cli.model;

import dev.weft.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long, how many, how much.
 *
 * @param deadline to the whole, or null for none
 * @param timeout to each try of a URL, from its permit to the end of its body
 * @param concurrency how many URLs are under way at once
 * @param perHost how many of one host are
 * @param rate how many tries begin in a time, or null for as many as can
 * @param maxBytes of a body
 * @param maxRedirects that are followed for one URL; with 0 none is, and it is an answer like others
 */
public record Limits(
        @Nullable Duration deadline,
        Duration timeout,
        int concurrency,
        int perHost,
        @Nullable Rate rate,
        long maxBytes,
        int maxRedirects) {

    /**
     * The JDK's client fails requests beyond what a server allows on its one HTTP/2 connection, which is seldom less
     * than a hundred.
     */
    private static final int MAX_STREAMS = 100;

    /** As many at once as the members of a cluster say. */
    public static final int AS_MEMBERS_SAY = Integer.MAX_VALUE;

    /** The moment of the deadline, for a program that began so long ago. */
    public Deadline deadlineFrom(Stopwatch sinceStart) {
        return deadline == null ? Deadline.never() : Deadline.after(deadline.minus(sinceStart.elapsed()));
    }

    /** The limit for a host, as in {@code example.org:443}, when its URLs have this scheme. */
    public int perHost(String scheme) {
        return scheme.equals("https") ? Math.min(perHost, MAX_STREAMS) : perHost;
    }
}
