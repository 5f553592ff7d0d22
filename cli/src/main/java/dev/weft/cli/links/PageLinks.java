package dev.weft.cli.links;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links of a page, in the order in which they stand in it.
 *
 * @param base what the page says its relative links are relative to, as written; null if it says nothing
 */
public record PageLinks(@Nullable String base, List<Link> links) {

    public PageLinks {
        links = List.copyOf(links);
    }

    /**
     * Reads a page of HTML or Markdown.
     *
     * <p><b>Blocking:</b> never; it computes, and not for long but for pages that are made to be slow.
     *
     * @param contentType as a server says it, or null
     * @param name of the file or the URL, which tells the kind where the content type does not
     * @throws UnreadableDocumentException if it is of another kind, or nested too deeply
     */
    public static PageLinks read(byte[] bytes, @Nullable String contentType, String name)
            throws UnreadableDocumentException {
        var kind = PageKind.of(bytes, contentType, name);
        var text = PageText.decode(bytes, contentType, kind);
        try {
            return switch (kind) {
                case HTML -> HtmlLinks.ofHtml(text);
                case XHTML -> HtmlLinks.ofXhtml(text);
                case MARKDOWN -> new PageLinks(null, MarkdownLinks.of(text));
            };
        } catch (StackOverflowError e) {
            throw new UnreadableDocumentException(
                    "is nested too deeply to be read: quotes in quotes, lists in lists, or emphasis in emphasis");
        }
    }
}
