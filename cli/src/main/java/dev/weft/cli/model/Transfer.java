package dev.weft.cli.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a URL that was begun has gone.
 *
 * @param queued from the beginning of the fetch to its first permit
 * @param took from its first permit to its end, the pauses between tries included
 * @param bytes how much of bodies was read, in all tries
 * @param redirects where the last try was led, one after the other
 * @param tries how many there were, at least one
 * @param file where the body is, or null if it was not kept
 * @param note what is worth saying besides, or null
 * @param remote null if this process fetched it
 */
public record Transfer(
        Duration queued,
        Duration took,
        long bytes,
        List<URI> redirects,
        int tries,
        @Nullable Path file,
        @Nullable String note,
        @Nullable Remote remote) {

    public Transfer {
        redirects = List.copyOf(redirects);
    }

    public Transfer(
            Duration queued,
            Duration took,
            long bytes,
            List<URI> redirects,
            int tries,
            @Nullable Path file,
            @Nullable String note) {
        this(queued, took, bytes, redirects, tries, file, note, null);
    }

    /** How often it was given to another member because one was lost. */
    public int repeated() {
        return remote == null ? 0 : remote.repeated();
    }

    /** Where redirects led; null if there were none. */
    public @Nullable URI finalUrl() {
        return redirects.isEmpty() ? null : redirects.getLast();
    }
}
