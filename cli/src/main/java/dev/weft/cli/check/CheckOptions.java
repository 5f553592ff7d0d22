package dev.weft.cli.check;

import dev.weft.cli.fetch.FetchOptions;
import dev.weft.cli.http.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a check is told.
 *
 * @param documents files, folders, patterns of these, URLs
 * @param root the folder that {@code /} stands for in files; null to find it
 * @param offline whether only files are looked up
 * @param depth how many links away from a given URL pages of its site are still read; 0 for that one alone
 * @param cache null for none
 * @param headers sent with each request
 * @param shown how findings are shown
 * @param fetching limits, retries, servers, and what counts as a success
 */
public record CheckOptions(
        List<String> documents,
        @Nullable Path root,
        boolean offline,
        Fragments fragments,
        int depth,
        LinkFilter filter,
        @Nullable Cache cache,
        List<Request.Header> headers,
        Shown shown,
        FetchOptions fetching) {

    public CheckOptions {
        documents = List.copyOf(documents);
        headers = List.copyOf(headers);
    }

    /** A file that keeps what was ok, and for how long that is believed. */
    public record Cache(Path file, Duration maxAge) {}

    /**
     * How findings are shown.
     *
     * @param quiet whether what is ok is left out
     */
    public record Shown(CheckFormat format, boolean quiet) {}
}
