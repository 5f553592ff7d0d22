package dev.weft.cli.links;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a page is to be read. */
enum PageKind {
    HTML,
    XHTML,
    MARKDOWN;

    /** How far one looks for what a page is. */
    private static final int BEGINNING = 4096;

    private static final Set<String> HTML_TYPES = Set.of("text/html");
    private static final Set<String> XHTML_TYPES = Set.of("application/xhtml+xml");
    private static final Set<String> MARKDOWN_TYPES = Set.of("text/markdown", "text/x-markdown");

    /** The types that servers give to unknown files, and to pages shown as their source. */
    private static final Set<String> TELLS_NOTHING = Set.of(
            "",
            "text/plain",
            "application/octet-stream",
            "binary/octet-stream",
            "application/gzip",
            "application/x-gzip");

    private static final Pattern HTML_SUFFIX = Pattern.compile("\\.(html?|shtml)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern XHTML_SUFFIX = Pattern.compile("\\.(xhtml|xht)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKDOWN_SUFFIX =
            Pattern.compile("\\.(md|markdown|mdown|mkdn?|mdx)$", Pattern.CASE_INSENSITIVE);

    private static final Set<String> HTML_ELEMENTS = Set.of("html", "head", "body", "title", "meta", "base");
    private static final Set<String> SITEMAP_ELEMENTS = Set.of("urlset", "sitemapindex");

    /**
     * By the content type if that tells, else by the name, else by how it begins.
     *
     * @throws UnreadableDocumentException if it is none of them
     */
    static PageKind of(byte[] bytes, @Nullable String contentType, String name) throws UnreadableDocumentException {
        var beginning = beginning(bytes);
        var mime = mimeType(contentType);
        if (HTML_TYPES.contains(mime)) {
            return HTML;
        }
        if (XHTML_TYPES.contains(mime)) {
            return XHTML;
        }
        if (MARKDOWN_TYPES.contains(mime)) {
            return text(MARKDOWN, beginning);
        }
        if (new Beginning(beginning).isXmlElement(SITEMAP_ELEMENTS)) {
            throw new UnreadableDocumentException("is a sitemap: give it with --sitemap");
        }
        if (!TELLS_NOTHING.contains(mime)) {
            throw new UnreadableDocumentException("is " + mime + ", and neither HTML nor Markdown");
        }
        var byName = byName(pathOf(name));
        return text(byName == null ? byBeginning(beginning) : byName, beginning);
    }

    /** Whether it begins as HTML does. */
    static boolean isHtml(byte[] bytes) {
        return isHtml(new Beginning(beginning(bytes)));
    }

    private static boolean isHtml(Beginning beginning) {
        return beginning.isHtmlDoctype() || beginning.isElement(HTML_ELEMENTS);
    }

    private static @Nullable PageKind byName(String path) {
        if (MARKDOWN_SUFFIX.matcher(path).find()) {
            return MARKDOWN;
        }
        if (XHTML_SUFFIX.matcher(path).find()) {
            return XHTML;
        }
        return HTML_SUFFIX.matcher(path).find() ? HTML : null;
    }

    private static PageKind byBeginning(String beginning) {
        var page = new Beginning(beginning);
        if (isHtml(page)) {
            return HTML;
        }
        var isXhtml = page.isXml() && page.has("html");
        return isXhtml ? XHTML : MARKDOWN;
    }

    private static PageKind text(PageKind kind, String beginning) throws UnreadableDocumentException {
        if (beginning.indexOf('\0') >= 0) {
            throw new UnreadableDocumentException("is no text: it is neither HTML nor Markdown");
        }
        return kind;
    }

    private static String beginning(byte[] bytes) {
        var charset = PageText.byteOrderMark(bytes);
        return new String(
                        bytes,
                        0,
                        Math.min(bytes.length, BEGINNING),
                        charset == null ? StandardCharsets.ISO_8859_1 : charset)
                .replace("\ufeff", "");
    }

    /** As in {@code text/html}; empty if there is none. */
    private static String mimeType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        var semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** The name without a URL's query and fragment, and without the suffix of what was unpacked. */
    private static String pathOf(String name) {
        var path = name.matches("(?i)https?://.*") ? name.replaceFirst("[?#].*", "") : name;
        return path.replaceFirst("(?i)\\.gz$", "");
    }
}
