package dev.weft.cli.links;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The places in a Markdown page that a link can name: headings, by the names that GitHub gives them, and the ids of the
 * HTML in it. Not thread-safe.
 */
final class MarkdownAnchors {

    /** Letters, their marks, digits, what joins words and letters, hyphens and spaces stay. */
    private static final Pattern DROPPED =
            Pattern.compile("[^\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{IsJoin_Control} -]");

    /** The name that a heading gives itself at its end, as in {@code {#name .class}}; {@code {: #name}} in kramdown. */
    private static final Pattern OWN_NAME = Pattern.compile("\\{:?[^{}#]*+#([^\\s{}]++)[^{}]*+}\\s*+$");

    private static final Pattern HTML_HEADING = Pattern.compile("<h[1-6][\\s>]", Pattern.CASE_INSENSITIVE);

    private final Set<String> anchors = new HashSet<>();
    /** How many headings have had which name. */
    private final Map<String, Integer> names = new HashMap<>();
    /** The names of headings, of which no two are the same, and the last number that each was told apart by. */
    private final Map<String, Integer> unique = new HashMap<>();

    /** GitHub takes a name in braces for text; the programs that make sites of documents do not. */
    void add(Heading heading) {
        var text = textOf(heading);
        add(text);
        var own = OWN_NAME.matcher(text);
        if (own.find()) {
            anchors.add(own.group(1));
        }
    }

    void addAll(Collection<String> ids) {
        anchors.addAll(ids);
    }

    /** Headings that are written in HTML have names too; whether the blanks around their text count is not certain. */
    void addHeadings(String html) {
        if (HTML_HEADING.matcher(html).find()) {
            var parser = Parser.htmlParser().setMaxDepth(HtmlLinks.MAX_DEPTH);
            Jsoup.parse(html, "", parser).select("h1, h2, h3, h4, h5, h6").forEach(heading -> {
                add(heading.wholeText());
                anchors.add(nameOf(heading.text()));
            });
        }
    }

    private void add(String text) {
        var name = nameOf(text);
        var earlier = names.merge(name, 1, Integer::sum) - 1;
        anchors.add(earlier == 0 ? name : name + "-" + earlier);
        anchors.add(uniqueName(name));
    }

    /**
     * The name where none is given twice: {@code a}, {@code a}, {@code a-1} are {@code a}, {@code a-1}, {@code a-1-1}.
     */
    private String uniqueName(String name) {
        var result = name;
        while (unique.putIfAbsent(result, 0) != null) {
            result = name + "-" + unique.merge(name, 1, Integer::sum);
        }
        return result;
    }

    /** As GitHub names a heading that shows this text. */
    static String nameOf(String text) {
        return DROPPED.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    }

    /** The text of a heading, without images, HTML and line ends. */
    private static String textOf(Heading heading) {
        var text = new StringBuilder();
        @Nullable Node node = heading.getFirstChild();
        while (node != null) {
            switch (node) {
                case Text words -> text.append(words.getLiteral());
                case Code code -> text.append(code.getLiteral());
                default -> {}
            }
            node = node instanceof Image || node.getFirstChild() == null ? after(node, heading) : node.getFirstChild();
        }
        return text.toString();
    }

    /** The node behind it and all that is in it; null at the heading's end. */
    private static @Nullable Node after(Node node, Heading heading) {
        for (@Nullable Node up = node; up != null && up != heading; up = up.getParent()) {
            if (up.getNext() != null) {
                return up.getNext();
            }
        }
        return null;
    }

    Set<String> all() {
        return anchors;
    }
}
