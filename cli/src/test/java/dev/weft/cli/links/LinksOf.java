package dev.weft.cli.links;

import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/** Reads documents that are there as bytes. */
final class LinksOf {

    private LinksOf() {}

    static PageLinks page(byte[] bytes, @Nullable String contentType, String name) throws UnreadableDocumentException {
        return PageLinks.read(new ByteArrayInputStream(bytes), contentType, name);
    }

    static Sitemap sitemap(byte[] bytes) throws UnreadableDocumentException {
        return Sitemap.read(new ByteArrayInputStream(bytes), _ -> true);
    }
}
