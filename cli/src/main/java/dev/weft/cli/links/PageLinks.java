package dev.weft.cli.links;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of a page, in the order in which they stand in it, and the places in it that a link can name.
 *
 * @param base what the page says its relative links are relative to, as written; null if it says nothing
 * @param anchors what may follow the {@code #} of a link to the page
 * @param isForward whether it stands for another page, which browsers load in its place at once
 */
public record PageLinks(@Nullable String base, List<Link> links, Set<String> anchors, boolean isForward) {

    /** The most bytes of a page, unpacked. Few have a tenth of that. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    public PageLinks {
        links = List.copyOf(links);
        anchors = Set.copyOf(anchors);
    }

    /** Without a place that a link can name. */
    public PageLinks(@Nullable String base, List<Link> links) {
        this(base, links, Set.of(), false);
    }

    /**
     * Reads a page of HTML or Markdown, compressed or not.
     *
     * <p><b>Blocking:</b> as the stream does; it computes, and not for long but for pages that are made to be slow.
     * <b>Cancellation:</b> an interrupt ends it soon, and is kept.
     *
     * @param contentType as a server says it, or null
     * @param name of the file or the URL, which tells the kind where the content type does not
     * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
     * @throws UnreadableDocumentException if it is of another kind, or nested too deeply
     */
    public static PageLinks read(InputStream in, @Nullable String contentType, String name)
            throws UnreadableDocumentException {
        try {
            var page = unpacked(in);
            var kind = PageKind.of(page, contentType, name);
            var text = PageText.decode(page, contentType, kind);
            return switch (kind) {
                case HTML -> HtmlLinks.ofHtml(text);
                case XHTML -> HtmlLinks.ofXhtml(text);
                case MARKDOWN -> MarkdownLinks.of(text);
            };
        } catch (StackOverflowError e) {
            throw new UnreadableDocumentException(
                    "is nested too deeply to be read: quotes in quotes, lists in lists, or emphasis in emphasis");
        }
    }

    private static byte[] unpacked(InputStream packed) throws UnreadableDocumentException {
        try (var in = Unpacked.of(packed, MAX_BYTES)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UnreadableDocumentException("cannot be unpacked: " + e.getMessage());
        }
    }
}
