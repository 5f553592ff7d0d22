package dev.weft.cli.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Collects the links of one Markdown page: CommonMark, with bare URLs as on GitHub. A reference stands where it is
 * defined, used or not, because that is the line to mend. Not thread-safe.
 */
final class MarkdownLinks {

    /** How deep quotes and lists may stand in each other, and emphasis and links; what is deeper is plain text. */
    private static final int MAX_NESTING = 100;

    private static final Parser PARSER = Parser.builder()
            .maxOpenBlockParsers(MAX_NESTING)
            .maxInlineNesting(MAX_NESTING)
            .extensions(List.of(AutolinkExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private final String text;
    private final List<Link> found = new ArrayList<>();

    private MarkdownLinks(String text) {
        this.text = text;
    }

    static List<Link> of(String text) {
        var links = new MarkdownLinks(text);
        // not by a visitor, which would need a stack as deep as the page
        for (@Nullable Node node = PARSER.parse(text); node != null; node = next(node)) {
            HtmlLinks.goOn();
            links.visit(node);
        }
        links.found.sort(Comparator.comparingInt(Link::line));
        return links.found;
    }

    private static @Nullable Node next(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        for (@Nullable Node up = node; up != null; up = up.getParent()) {
            if (up.getNext() != null) {
                return up.getNext();
            }
        }
        return null;
    }

    private void visit(Node node) {
        switch (node) {
            case org.commonmark.node.Link link -> addInline(link, link.getDestination());
            case Image image -> addInline(image, image.getDestination());
            case LinkReferenceDefinition definition -> addDefinition(definition);
            case HtmlInline html -> addHtml(html, html.getLiteral());
            case HtmlBlock html -> addHtml(html, html.getLiteral());
            default -> {}
        }
    }

    private void addInline(Node node, String destination) {
        if (!isReference(node)) {
            // the destination follows the text, which may have several lines
            var content = node.getLastChild();
            var hasPlace = content != null && !content.getSourceSpans().isEmpty();
            var line = hasPlace ? content.getSourceSpans().getLast().getLineIndex() + 1 : lineOf(node);
            found.add(new Link(destination, line));
        }
    }

    /** As in {@code [text][name]}, {@code [name][]}, {@code [name]}: an inline link ends with a parenthesis. */
    private boolean isReference(Node node) {
        var spans = node.getSourceSpans();
        if (spans.isEmpty()) {
            return false;
        }
        var first = spans.getFirst().getInputIndex();
        var end = spans.getLast().getInputIndex() + spans.getLast().getLength();
        return (text.startsWith("[", first) || text.startsWith("![", first)) && text.startsWith("]", end - 1);
    }

    private void addDefinition(LinkReferenceDefinition definition) {
        var destination = definition.getDestination();
        // nearly everywhere, [^1]: Wikipedia is a footnote of one word
        if (!definition.getLabel().startsWith("^") || destination.contains("://")) {
            found.add(new Link(destination, lineOf(definition)));
        }
    }

    private void addHtml(Node node, String html) {
        if (node instanceof HtmlInline && (html.startsWith("</") || html.startsWith("<!"))) {
            return;
        }
        var above = lineOf(node) - 1;
        for (var link : HtmlLinks.ofHtml(html).links()) {
            found.add(new Link(link.text(), above + link.line()));
        }
    }

    private static int lineOf(Node node) {
        for (@Nullable Node place = node; place != null; place = place.getParent()) {
            if (!place.getSourceSpans().isEmpty()) {
                return place.getSourceSpans().getFirst().getLineIndex() + 1;
            }
        }
        return 1;
    }
}
