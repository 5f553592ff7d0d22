package dev.weft.cli.model;

import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.util.List;

/**
 * Something to fetch, once.
 *
 * @param index its place in the order in which targets were found
 * @param url as it was first written
 * @param uri as it is requested
 * @param locations everywhere it was found
 */
public record Target(int index, String url, URI uri, List<SourceLocation> locations) {

    public Target {
        locations = List.copyOf(locations);
    }

    /** The key of the limit for each host. */
    public String host() {
        return UrlText.hostKey(uri);
    }
}
