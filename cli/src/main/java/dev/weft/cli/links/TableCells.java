package dev.weft.cli.links;

import java.util.regex.Pattern;

/**
 * Bare URLs in tables, which on GitHub end where their cell does. CommonMark has no tables, so that the bar behind a
 * URL would be a part of it.
 */
final class TableCells {

    /** One that begins its cell or a word: each character is looked at once. */
    private static final Pattern URL_AND_BAR = Pattern.compile("(?<=^|[\\s|])((?:https?://|www\\.)[^\\s|<>]++)\\|");

    /** Ends a URL, and means nothing else. */
    private static final String NO_BREAK_SPACE = "\u00a0";

    private TableCells() {}

    /** The page with a blank in place of each such bar, so that all else stays where it is. */
    static String parted(String text) {
        if (text.indexOf('|') < 0) {
            return text;
        }
        var parted = new StringBuilder(text.length());
        var isInTable = false;
        for (var at = 0; at < text.length(); ) {
            var end = text.indexOf('\n', at) + 1;
            var line = text.substring(at, end == 0 ? text.length() : end);
            isInTable = !line.isBlank() && (isInTable || isBelowHead(line));
            parted.append(isInTable ? URL_AND_BAR.matcher(line).replaceAll("$1" + NO_BREAK_SPACE) : line);
            at += line.length();
        }
        return parted.toString();
    }

    /** As in {@code |:--|--:|}, also in a quote. */
    private static boolean isBelowHead(String line) {
        return line.indexOf('|') >= 0
                && line.indexOf('-') >= 0
                && line.chars().allMatch(c -> "|:-> \t\r\n".indexOf(c) >= 0);
    }
}
