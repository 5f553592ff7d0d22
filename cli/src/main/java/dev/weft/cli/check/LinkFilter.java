package dev.weft.cli.check;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which links are looked at. A pattern fits if it is found anywhere in the link as it is written, or in what it leads
 * to.
 *
 * @param excluded those that are not; they win
 * @param included if there are any, those alone that are
 */
public record LinkFilter(List<Pattern> excluded, List<Pattern> included) {

    public LinkFilter {
        excluded = List.copyOf(excluded);
        included = List.copyOf(included);
    }

    boolean leavesOut(String link, String target) {
        return fits(excluded, link, target) || (!included.isEmpty() && !fits(included, link, target));
    }

    private static boolean fits(List<Pattern> patterns, String link, String target) {
        return patterns.stream()
                .anyMatch(pattern ->
                        pattern.matcher(link).find() || pattern.matcher(target).find());
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static Pattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("'' is found in every link; write a part of a URL or path");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            var where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
            throw new IllegalArgumentException(
                    "'" + text + "' is not a regular expression: " + e.getDescription() + where
                            + "; before a character that is meant as itself, write a backslash",
                    e);
        }
    }
}
