package dev.weft.cli.links;

import java.util.Locale;
import java.util.Set;

/** How a page begins: what stands before its first element, and which that is. Each character is looked at once. */
final class Beginning {

    private final String text;

    Beginning(String text) {
        this.text = text;
    }

    /** Whether the first thing after comments is one of these words with {@code <} before it. */
    boolean isElement(Set<String> names) {
        return names.contains(word(afterComments()).toLowerCase(Locale.ROOT));
    }

    /** Whether the first thing after comments is {@code <!doctype html}. */
    boolean isHtmlDoctype() {
        var at = afterComments();
        if (!startsWith("<!doctype", at)) {
            return false;
        }
        var name = afterBlanks(at + "<!doctype".length());
        return name > at + "<!doctype".length() && startsWith("html", name) && !isWord(name + "html".length());
    }

    /** Whether it begins with {@code <?xml}. */
    boolean isXml() {
        var at = afterBlanks(0);
        return startsWith("<?xml", at) && !isWord(at + "<?xml".length());
    }

    /** Whether the first thing after comments, instructions and document types is one of these words, in this case. */
    boolean isXmlElement(Set<String> names) {
        var at = afterBlanks(0);
        while (startsWith("<?", at) || startsWith("<!", at)) {
            var end = startsWith("<!--", at) ? text.indexOf("-->", at + 4) + 2 : text.indexOf('>', at);
            if (end < at) {
                return false;
            }
            at = afterBlanks(end + 1);
        }
        return names.contains(word(at));
    }

    /** Whether this element begins anywhere. */
    boolean has(String element) {
        for (var at = text.indexOf("<" + element); at >= 0; at = text.indexOf("<" + element, at + 1)) {
            if (!isWord(at + 1 + element.length())) {
                return true;
            }
        }
        return false;
    }

    private int afterComments() {
        var at = afterBlanks(0);
        while (startsWith("<!--", at)) {
            var end = text.indexOf("-->", at + 4);
            if (end < 0) {
                return text.length();
            }
            at = afterBlanks(end + 3);
        }
        return at;
    }

    private int afterBlanks(int from) {
        var at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean startsWith(String what, int at) {
        return text.regionMatches(true, at, what, 0, what.length());
    }

    /** The word after {@code <}; empty if there is none. */
    private String word(int at) {
        if (at >= text.length() || text.charAt(at) != '<') {
            return "";
        }
        var end = at + 1;
        while (isWord(end)) {
            end++;
        }
        return text.substring(at + 1, end);
    }

    private boolean isWord(int at) {
        return at < text.length() && (text.charAt(at) == '_' || Character.isLetterOrDigit(text.charAt(at)));
    }
}
