package dev.weft.cli.links;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a link leads. */
public sealed interface LinkTarget {

    /** To a URL, which may still be a wrong one. It is absolute, has no fragment, and is escaped as browsers do it. */
    record Web(String url) implements LinkTarget {}

    /**
     * To something near the page, but it is not known where the page is.
     *
     * @param reference what is written, without a fragment, and with slashes alone before the query
     */
    record Relative(String reference) implements LinkTarget {}

    /** To another place in the page. */
    record SamePage() implements LinkTarget {}

    /** To something that is not fetched: a mail address, a telephone number, a script. */
    record Elsewhere() implements LinkTarget {}

    /**
     * Reads a link as a browser would.
     *
     * @param base an absolute http or https URL, what the link is relative to; null if nobody knows
     */
    static LinkTarget of(String link, @Nullable URI base) {
        return LinkSyntax.target(link, base);
    }

    /**
     * The part behind the {@code #}, which names a place in a page; null if the link leads to the page's beginning. A
     * text to search for ({@code :~:text=}) is left out: browsers go to the beginning where they do not find it.
     */
    static @Nullable String fragment(String link) {
        return LinkSyntax.fragment(link);
    }
}
