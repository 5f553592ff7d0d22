package dev.weft.cli.links;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sitemap: URLs of pages, or, if it is an index, of other sitemaps.
 *
 * @param broken why it cannot be read further, and where; null if it was read to its end
 */
public record Sitemap(
        boolean isIndex, List<Link> locations, @Nullable String broken) {

    /** The most bytes that the protocol allows for one, unpacked. */
    public static final int MAX_BYTES = 52_428_800;

    public Sitemap {
        locations = List.copyOf(locations);
    }

    /**
     * Reads one: XML or plain lines, compressed or not. Document types and entities are not read.
     *
     * <p>Not more of it is kept than its locations. <b>Blocking:</b> as the stream does.
     *
     * @param hasRoom whether one more is wanted; if not, the rest is not read
     * @throws UnreadableDocumentException if it is no sitemap
     */
    public static Sitemap read(InputStream in, Predicate<? super Link> hasRoom) throws UnreadableDocumentException {
        try {
            return new SitemapReader(in, hasRoom).read();
        } catch (IOException e) {
            throw new UnreadableDocumentException("cannot be unpacked: " + e.getMessage());
        }
    }
}
