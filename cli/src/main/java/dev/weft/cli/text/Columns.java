package dev.weft.cli.text;

/**
 * The columns that text takes on a terminal: two for an ideograph or an emoji, none for a mark on the character before
 * it. Each code point counts by itself, as in {@code wcwidth}, so a terminal that draws several emoji as one may need
 * less.
 */
public final class Columns {

    private static final char COLOUR = '\u001b';
    private static final String RESET = "\u001b[0m";

    /** The first and the last code point of each range that Unicode's East Asian Width calls wide or fullwidth. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2329, 0x232a},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xa960, 0xa97f},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe10, 0xfe19},
        {0xfe30, 0xfe6f},
        {0xff01, 0xff60},
        {0xffe0, 0xffe6},
        {0x16fe0, 0x18dff},
        {0x1aff0, 0x1b2ff},
        {0x1f200, 0x1f2ff},
        {0x20000, 0x3fffd},
    };

    private Columns() {}

    /** Of a text that {@link Shown} has made harmless. Colours take none. */
    public static int of(String text) {
        var columns = 0;
        for (var i = 0; i < text.length(); ) {
            var end = end(text, i);
            columns += text.charAt(i) == COLOUR ? 0 : of(text.codePointAt(i));
            i = end;
        }
        return columns;
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isJoiningJamo(c) ? 0 : isWide(c) ? 2 : 1;
        };
    }

    /** A vowel or a final consonant, which is drawn within the syllable that it belongs to. */
    private static boolean isJoiningJamo(int c) {
        return (c >= 0x1160 && c <= 0x11ff) || (c >= 0xd7b0 && c <= 0xd7fb);
    }

    private static boolean isWide(int c) {
        for (var range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        // two letters make one flag, which is two columns wide
        return Character.isEmojiPresentation(c) && !(c >= 0x1f1e6 && c <= 0x1f1ff);
    }

    /** The text, with spaces behind it up to so many columns. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /** The line, or as much of it as so many columns have room for, with {@code …} for the rest. */
    public static String fit(String line, int columns) {
        if (of(line) <= columns) {
            return line;
        }
        var cut = new StringBuilder();
        var room = columns - 1;
        var coloured = false;
        for (var i = 0; i < line.length(); ) {
            var end = end(line, i);
            if (line.charAt(i) == COLOUR) {
                coloured = true;
            } else {
                room -= of(line.codePointAt(i));
            }
            if (room < 0) {
                break;
            }
            cut.append(line, i, end);
            i = end;
        }
        return cut.append('…').append(coloured ? RESET : "").toString();
    }

    /** Where the character or the colour ends that begins there. */
    private static int end(String text, int begin) {
        if (text.charAt(begin) != COLOUR) {
            return begin + Character.charCount(text.codePointAt(begin));
        }
        var m = text.indexOf('m', begin);
        return m < 0 ? text.length() : m + 1;
    }
}
