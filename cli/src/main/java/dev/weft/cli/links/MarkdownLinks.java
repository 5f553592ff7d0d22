package dev.weft.cli.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Collects the links and anchors of one Markdown page: CommonMark, with bare URLs as on GitHub. A reference stands
 * where it is defined, used or not, because that is the line to mend. Not thread-safe.
 */
final class MarkdownLinks {

    /** How deep quotes and lists may stand in each other, and emphasis and links; what is deeper is plain text. */
    private static final int MAX_NESTING = 100;

    /** Of bare URLs that GitHub makes links of. */
    private static final Set<String> BARE = Set.of("http", "https", "ftp");

    private static final Parser PARSER = Parser.builder()
            .maxOpenBlockParsers(MAX_NESTING)
            .maxInlineNesting(MAX_NESTING)
            .extensions(List.of(AutolinkExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private final String text;
    private final List<Link> found = new ArrayList<>();
    private final MarkdownAnchors anchors = new MarkdownAnchors();

    private MarkdownLinks(String text) {
        this.text = text;
    }

    static PageLinks of(String page) {
        var links = new MarkdownLinks(TableCells.parted(FrontMatter.blanked(page)));
        links.visitAll();
        links.found.sort(Comparator.comparingInt(Link::line).thenComparingInt(Link::column));
        return new PageLinks(null, links.found, links.anchors.all(), false);
    }

    /** Not by a visitor, which would need a stack as deep as the page. */
    private void visitAll() {
        for (@Nullable Node node = PARSER.parse(text); node != null; node = next(node)) {
            HtmlLinks.goOn();
            visit(node);
        }
    }

    /** A link in the text of an image is not shown as one. */
    private static @Nullable Node next(Node node) {
        if (node.getFirstChild() != null && !(node instanceof Image)) {
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
            case org.commonmark.node.Link link when isBare(link) -> addBare(link);
            case org.commonmark.node.Link link -> addInline(link, link.getDestination());
            case Image image -> addInline(image, image.getDestination());
            case LinkReferenceDefinition definition -> addDefinition(definition);
            case Heading heading -> anchors.add(heading);
            case HtmlInline html -> addHtml(html, html.getLiteral());
            case HtmlBlock html -> {
                addHtml(html, html.getLiteral());
                anchors.addHeadings(html.getLiteral());
            }
            default -> {}
        }
    }

    private void addInline(Node node, String destination) {
        if (!isReference(node)) {
            // the destination follows the text, which may have several lines
            var content = node.getLastChild();
            var hasPlace = content != null && !content.getSourceSpans().isEmpty();
            var begin = beginOf(node);
            var end = hasPlace ? content.getSourceSpans().getLast() : null;
            if (end == null || begin == null || end.getLineIndex() == begin.getLineIndex()) {
                found.add(link(destination, begin));
            } else {
                found.add(new Link(destination, end.getLineIndex() + 1, end.getColumnIndex() + end.getLength() + 1));
            }
        }
    }

    /** Found in the text: all other links begin with a bracket. */
    private boolean isBare(Node link) {
        var spans = link.getSourceSpans();
        return !spans.isEmpty() && "[<".indexOf(text.charAt(spans.getFirst().getInputIndex())) < 0;
    }

    /** The scheme is the letters before the colon, as on GitHub: {@code git+https://x} has {@code https}. */
    private void addBare(org.commonmark.node.Link link) {
        var url = link.getDestination();
        var colon = url.indexOf("://");
        var start = Math.max(colon, 0);
        while (start > 0 && Character.isLetter(url.charAt(start - 1))) {
            start--;
        }
        if (colon < 0 || BARE.contains(url.substring(start, colon).toLowerCase(Locale.ROOT))) {
            var begin = link(url.substring(start), beginOf(link));
            found.add(new Link(begin.text(), begin.line(), begin.column() + start));
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
        if (definition.getLabel().startsWith("^")) {
            addFootnote(definition);
        } else {
            found.add(link(definition.getDestination(), beginOf(definition)));
        }
    }

    /** Nearly everywhere, {@code [^1]: [text](url)} is a footnote, and only CommonMark takes it for a reference. */
    private void addFootnote(LinkReferenceDefinition definition) {
        var spans = definition.getSourceSpans();
        if (spans.isEmpty()) {
            return;
        }
        var first = spans.getFirst();
        var colon = text.indexOf("]:", first.getInputIndex()) + 1;
        var end = spans.getLast().getInputIndex() + spans.getLast().getLength();
        // with the colon, nothing in it begins a block
        var note = new MarkdownLinks(text.substring(colon, end));
        note.visitAll();
        var before = first.getColumnIndex() + colon - first.getInputIndex();
        for (var link : note.found) {
            var column = link.line() == 1 ? before + link.column() : link.column();
            found.add(new Link(link.text(), first.getLineIndex() + link.line(), column));
        }
        anchors.addAll(note.anchors.all());
    }

    private void addHtml(Node node, String html) {
        if (node instanceof HtmlInline && (html.startsWith("</") || html.startsWith("<!"))) {
            return;
        }
        var begin = beginOf(node);
        var above = begin == null ? 0 : begin.getLineIndex();
        var spans = node.getSourceSpans();
        var page = HtmlLinks.ofHtml(html);
        for (var link : page.links()) {
            var isIndented = link.line() <= spans.size();
            var before = isIndented ? spans.get(link.line() - 1).getColumnIndex() : 0;
            found.add(new Link(link.text(), above + link.line(), before + link.column()));
        }
        anchors.addAll(page.anchors());
    }

    private static Link link(String destination, @Nullable SourceSpan begin) {
        return begin == null
                ? new Link(destination, 1)
                : new Link(destination, begin.getLineIndex() + 1, begin.getColumnIndex() + 1);
    }

    /** Where it begins, or what it is in; null if nobody knows. */
    private static @Nullable SourceSpan beginOf(Node node) {
        for (@Nullable Node place = node; place != null; place = place.getParent()) {
            if (!place.getSourceSpans().isEmpty()) {
                return place.getSourceSpans().getFirst();
            }
        }
        return null;
    }
}
