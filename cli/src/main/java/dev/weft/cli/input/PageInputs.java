package dev.weft.cli.input;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where links are found: files, URLs, {@code -} for standard input.
 *
 * @param links pages
 * @param sitemaps sitemaps, and indexes of sitemaps
 * @param base what relative links in files are relative to; null if nobody has said
 */
public record PageInputs(
        List<String> links, List<String> sitemaps, @Nullable URI base) {

    static final PageInputs NONE = new PageInputs(List.of(), List.of(), null);

    public PageInputs {
        links = List.copyOf(links);
        sitemaps = List.copyOf(sitemaps);
    }

    public boolean isEmpty() {
        return links.isEmpty() && sitemaps.isEmpty();
    }
}
