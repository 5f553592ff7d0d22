package dev.weft.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a URL.
 *
 * @param url as it was written
 * @param places everywhere it was found, at least one
 * @param outcome how it ended up
 * @param times null if it never began
 * @param bytes how much of bodies was read
 * @param finalUrl where redirects led, or null if there were none
 */
record Result(
        String url,
        List<Place> places,
        Outcome outcome,
        @Nullable Times times,
        long bytes,
        @Nullable URI finalUrl) {

    Result {
        places = List.copyOf(places);
    }

    /**
     * How long it waited for its permit, and how long it took from there.
     *
     * @param queued from the beginning of the fetch to its permit
     * @param took from its permit to its end
     */
    record Times(Duration queued, Duration took) {}

    Verdict verdict() {
        return outcome.verdict();
    }

    /** Of something that was never sent. */
    static Result neverBegun(String url, List<Place> places, Outcome outcome) {
        return new Result(url, places, outcome, null, 0, null);
    }
}
