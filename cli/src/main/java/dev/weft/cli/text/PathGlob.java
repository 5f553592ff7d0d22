package dev.weft.cli.text;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for the names of files, as shells write it: {@code *} and {@code ?} within a name, {@code **} for any
 * folders, {@code [a-z]}, {@code {md,html}}. Immutable.
 *
 * @param folder the part before the first name with a pattern in it; empty for none
 * @param names matches the rest, with {@code /} between names
 */
public record PathGlob(String folder, Pattern names) {

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");

    /** Whether a text has a character that makes it a pattern. */
    public static boolean isOne(String text) {
        return SPECIAL.matcher(text).find();
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    public static PathGlob parse(String text) {
        var special = SPECIAL.matcher(text);
        var slash = special.find() ? text.lastIndexOf('/', special.start()) : text.length();
        var folder = slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash);
        try {
            return new PathGlob(folder, Pattern.compile(regex(text.substring(slash + 1))));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a pattern: " + e.getDescription(), e);
        }
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < glob.length(); i++) {
            var c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    if (glob.startsWith("**/", i)) {
                        regex.append("(?:.*/)?");
                        i += 2;
                    } else if (glob.startsWith("**", i)) {
                        regex.append(".*");
                        i++;
                    } else {
                        regex.append("[^/]*");
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    var end = glob.indexOf(']', i + 2);
                    if (end < 0) {
                        throw new IllegalArgumentException(
                                "'" + glob + "' is not a pattern: a [ has no ]; close it, or leave it out");
                    }
                    var set = glob.substring(i + 1, end)
                            .replace("\\", "\\\\")
                            .replace("[", "\\[")
                            .replace("&&", "&\\&");
                    regex.append('[')
                            .append(set.startsWith("!") ? "^/" + set.substring(1) : set)
                            .append(']');
                    i = end;
                }
                case '{' -> {
                    depth++;
                    regex.append("(?:");
                }
                case '}' -> {
                    if (depth > 0) {
                        depth--;
                        regex.append(')');
                    } else {
                        regex.append("\\}");
                    }
                }
                case ',' -> regex.append(depth > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (depth > 0) {
            throw new IllegalArgumentException(
                    "'" + glob + "' is not a pattern: a { has no }; close it, or leave it out");
        }
        return regex.toString();
    }
}
