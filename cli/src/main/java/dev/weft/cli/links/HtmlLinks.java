package dev.weft.cli.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Collects the links of one HTML page. The page is never there as a whole: an element that has ended is looked at and
 * taken out, so that the memory needed goes with the depth of a page and not with its length. Not thread-safe.
 */
final class HtmlLinks {

    /**
     * How deep elements may stand in each other; those below are taken for neighbours, and their links are found. The
     * time and the memory that a level takes grow with the levels above it.
     */
    static final int MAX_DEPTH = 256;

    private final List<Found> found = new ArrayList<>();
    /** A parser that mends a page repeats elements, with the attributes where they are. */
    private final Set<Integer> seen = new HashSet<>();

    private final Set<String> anchors = new HashSet<>();
    private @Nullable String base;
    private boolean isForward;

    private HtmlLinks() {}

    private record Found(int position, Link link) {}

    static PageLinks ofHtml(String html) {
        return new HtmlLinks().read(html, Parser.htmlParser());
    }

    static PageLinks ofXhtml(String xhtml) {
        return new HtmlLinks().read(xhtml, Parser.xmlParser());
    }

    private PageLinks read(String text, Parser parser) {
        parser.setTrackPosition(true).setMaxDepth(MAX_DEPTH);
        try (var stream = new StreamParser(parser).parse(text, "")) {
            for (var elements = stream.iterator(); elements.hasNext(); ) {
                goOn();
                var element = elements.next();
                if (element.parent() != null && !element.nameIs("head") && !element.nameIs("body")) {
                    // what is still in it was put there later: a parser that mends a page moves elements
                    element.stream().forEach(this::visit);
                    element.remove();
                }
            }
            stream.document().stream().forEach(this::visit);
        }
        // elements come in the order of their ends; of a srcset all have one position, and a sort keeps their order
        found.sort(Comparator.comparingInt(Found::position));
        return new PageLinks(base, found.stream().map(Found::link).toList(), anchors, isForward);
    }

    /** The caller may have given the page up, by its deadline; then nothing more is computed for nobody. */
    static void goOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("given up before it was read to its end");
        }
    }

    private void visit(Element element) {
        var name = element.normalName();
        addAnchors(element);
        if (name.equals("base")) {
            if (base == null && element.hasAttr("href")) {
                base = element.attr("href");
            }
        } else if (name.equals("meta")) {
            lookAtMeta(element);
        } else if (!name.equals("link") || !namesNoPage(element)) {
            for (var attribute : LinkAttributes.urls(name)) {
                add(element, attribute, List.of(element.attr(attribute)));
            }
            for (var attribute : LinkAttributes.srcsets(name)) {
                add(element, attribute, Srcset.urls(element.attr(attribute)));
            }
        }
    }

    private void addAnchors(Element element) {
        if (element.hasAttr("id")) {
            anchors.add(element.attr("id"));
        }
        if (element.nameIs("a") && element.hasAttr("name")) {
            anchors.add(element.attr("name"));
        }
    }

    private static boolean namesNoPage(Element link) {
        var words = link.attr("rel").toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        for (var word : words) {
            if (!LinkAttributes.namesNoPage(word)) {
                return false;
            }
        }
        return true;
    }

    private void lookAtMeta(Element meta) {
        var content = meta.attr("content");
        if (meta.attr("http-equiv").strip().equalsIgnoreCase("refresh")) {
            var url = Refresh.url(content);
            if (url != null) {
                add(meta, "content", List.of(url));
                isForward |= content.strip().startsWith("0") && meta.closest("noscript") == null;
            }
            return;
        }
        var property = meta.hasAttr("property") ? meta.attr("property") : meta.attr("name");
        if (LinkAttributes.isMetaUrl(property.strip().toLowerCase(Locale.ROOT))) {
            add(meta, "content", List.of(content));
        }
    }

    private void add(Element element, String attribute, List<String> urls) {
        if (!element.hasAttr(attribute)) {
            return;
        }
        var range = element.attributes().sourceRange(attribute).nameRange();
        if (range.isTracked() && seen.add(range.startPos())) {
            urls.forEach(url -> found.add(new Found(range.startPos(), linkAt(url, range))));
        }
    }

    private static Link linkAt(String url, Range range) {
        return new Link(url, range.start().lineNumber(), range.start().columnNumber());
    }
}
