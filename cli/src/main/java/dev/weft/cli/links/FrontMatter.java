package dev.weft.cli.links;

import java.util.regex.Pattern;

/**
 * The data that stand before the text of a Markdown page, in YAML or TOML: for the program that makes a site of it.
 * Nothing of them is shown as a link or a heading.
 */
final class FrontMatter {

    /** A line of each kind; without it, the page begins with a rule that is drawn across it. */
    private static final Pattern YAML = Pattern.compile("\\s*(?:#.*|[\\w\"'][^:]*:(?:\\s.*)?)");

    private static final Pattern TOML = Pattern.compile("\\s*(?:#.*|\\[.*|[\\w\"'][^=]*=.*)");

    private FrontMatter() {}

    /** The page with blanks in their place, so that all else stays where it is. */
    static String blanked(String text) {
        var end = end(text);
        return end == 0 ? text : text.substring(0, end).replaceAll("[^\\r\\n]", " ") + text.substring(end);
    }

    /** Where they end; 0 if there are none. */
    private static int end(String text) {
        var isToml = text.startsWith("+++");
        if (!isToml && !text.startsWith("---")) {
            return 0;
        }
        var isFirst = true;
        var isData = false;
        for (var at = 0; at < text.length(); ) {
            var next = text.indexOf('\n', at) + 1;
            var line = text.substring(at, next == 0 ? text.length() : next).stripTrailing();
            if (isFirst && line.length() > 3) {
                return 0;
            }
            if (!isFirst && (line.equals(isToml ? "+++" : "---") || (!isToml && line.equals("...")))) {
                return isData ? at + line.length() : 0;
            }
            if (!isFirst && !isData && !line.isBlank()) {
                if (!(isToml ? TOML : YAML).matcher(line).matches()) {
                    return 0;
                }
                isData = true;
            }
            isFirst = false;
            at = next == 0 ? text.length() : next;
        }
        return 0;
    }
}
