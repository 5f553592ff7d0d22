package dev.weft.internal.dump;

/** The reasons of cancels, as dumps show them. */
final class ReasonText {

    private static final int MAX_LENGTH = 500;

    private ReasonText() {}

    /** The beginning of a long text. Not within a character. */
    static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "…";
    }
}
