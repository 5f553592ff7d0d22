package dev.weft.cli.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one place that makes text fit to be shown. Text from outside (URLs, names of files, answers of servers and of
 * other processes, messages of exceptions) may hold characters that act on a terminal, forge a line, or change the
 * order in which a line is read; and it may hold a password.
 */
public final class Shown {

    /** The colours that this program writes itself. */
    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[(?:0|2|31|32|33)m");

    /** The text before the name and password in a URL, and in texts that browsers and careless people take for one. */
    private static final Pattern BEGIN = Pattern.compile("(?i)(?:(?<![^\\s\"'<>`|^{}])https?:|//|\\\\\\\\)[/\\\\]*+");

    private static final Pattern SCHEME = Pattern.compile("\\s*+(?:[A-Za-z][A-Za-z0-9+.-]*+:(?=[/\\\\]))?+[/\\\\]++");

    /** Where the name and password of a URL end: nothing of these stands in them unescaped. */
    private static final String ENDS = "\"'<>`|\\^{}";

    /** With these, a name before an {@code @} belongs to an address, and is no password. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:mailto|sips?|xmpp|acct|im|news|mid|cid):.*");

    private static final Pattern NAME_AND_PASSWORD = Pattern.compile("[^\\s/@:?#]*:[^\\s/@]*@.*", Pattern.DOTALL);

    private Shown() {}

    /** A value within a line: without passwords, and with each character that could act escaped, line ends too. */
    public static String harmless(String text) {
        return escaped(redacted(text));
    }

    /** A value that may have more than one line. */
    static String text(String text) {
        return text.indexOf('\n') < 0
                ? harmless(text)
                : text.lines().map(Shown::harmless).collect(Collectors.joining("\n"));
    }

    /** A whole line of this program's own, which may be coloured: the last guard before a terminal. */
    public static String line(String line) {
        var clean = redacted(line);
        if (clean.indexOf('\u001b') < 0) {
            return escaped(clean);
        }
        var text = new StringBuilder();
        var colours = COLOUR.matcher(clean);
        var end = 0;
        while (colours.find()) {
            text.append(escaped(clean.substring(end, colours.start()))).append(colours.group());
            end = colours.end();
        }
        return text.append(escaped(clean.substring(end))).toString();
    }

    /**
     * A text given for a URL, which may not be one: without the name and password in it. All that stands before an
     * {@code @} belongs to these, spaces and quotes too.
     */
    public static String address(String url) {
        var clean = redacted(url);
        var scheme = SCHEME.matcher(clean);
        var begin = scheme.lookingAt() ? scheme.end() : 0;
        var end = begin;
        while (end < clean.length() && "/?#\\".indexOf(clean.charAt(end)) < 0) {
            end++;
        }
        var at = clean.lastIndexOf('@', end - 1);
        var isSecret = begin == 0
                ? NAME_AND_PASSWORD.matcher(clean).matches()
                        && !ADDRESS.matcher(clean).matches()
                : at >= begin;
        return isSecret
                ? clean.substring(0, begin) + "…" + clean.substring(begin == 0 ? clean.indexOf('@') : at)
                : clean;
    }

    /** A text given for a proxy: all that stands before the last {@code @} may be a password. */
    public static String proxy(String url) {
        var scheme = url.indexOf("://");
        var at = url.lastIndexOf('@');
        return at < 0 ? url : (scheme < 0 || scheme > at ? "" : url.substring(0, scheme + 3)) + "…" + url.substring(at);
    }

    /** The text, with {@code …} for the name and password in each URL. */
    public static String redacted(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        var clean = new StringBuilder();
        var from = 0;
        var endOfWord = -1;
        var lastAt = -1;
        var scheme = BEGIN.matcher(text);
        while (scheme.find(from)) {
            var begin = scheme.end();
            // once for each word, however many schemes are in it
            if (begin >= endOfWord) {
                endOfWord = end(text, begin, "");
                lastAt = lastAt(text, begin, endOfWord);
            }
            var at = lastAt < begin ? -1 : endOfSecret(text, begin, lastAt);
            var isUrl = scheme.group().contains("://") || text.startsWith("://", scheme.start() - 1);
            if (at >= 0 && (isUrl || text.substring(begin, at).indexOf(':') >= 0)) {
                clean.append(text, from, begin).append('…');
                from = at;
            } else {
                clean.append(text, from, begin);
                from = begin;
            }
        }
        return clean.append(text, from, text.length()).toString();
    }

    /**
     * Where the {@code @} after a name and password is; -1 for none. A password that was not escaped may hold a slash:
     * then what stands before that is no host and port.
     */
    private static int endOfSecret(String text, int begin, int lastAt) {
        var end = end(text, begin, "/?#");
        var at = lastAt(text, begin, end);
        if (at >= 0) {
            return at;
        }
        return isHostAndPort(text.substring(begin, end)) ? -1 : lastAt;
    }

    private static int lastAt(String text, int begin, int end) {
        var at = end - 1;
        while (at >= begin && text.charAt(at) != '@') {
            at--;
        }
        return at < begin ? -1 : at;
    }

    private static int end(String text, int begin, String delimiters) {
        var end = begin;
        while (end < text.length() && delimiters.indexOf(text.charAt(end)) < 0 && !endsUrl(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHostAndPort(String authority) {
        var colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        return colon < 0 || authority.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean endsUrl(char c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) || ENDS.indexOf(c) >= 0;
    }

    private static String escaped(String text) {
        if (text.codePoints().noneMatch(Shown::isHarmful)) {
            return text;
        }
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmful(c)) {
                clean.append(String.format("\\x%02x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /**
     * Whether a character acts rather than shows: controls, those that end a line, those that are not seen or reorder
     * what stands around them, and halves of characters. The two that join are not among them, for which some languages
     * and emoji have need.
     */
    public static boolean isHarmful(int c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> c != 0x200c && c != 0x200d;
            default -> (c & 0xfffe) == 0xfffe;
        };
    }
}
