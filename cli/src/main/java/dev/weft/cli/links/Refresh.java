package dev.weft.cli.links;

import org.jspecify.annotations.Nullable;

/** The URL of a {@code <meta http-equiv=refresh>}, as in {@code 5; url=next.html}. Each character is looked at once. */
final class Refresh {

    private static final String URL = "url";

    private final String content;
    private int at;

    private Refresh(String content) {
        this.content = content;
    }

    /** Null if there is none: the page itself is loaded again. */
    static @Nullable String url(String content) {
        return new Refresh(content).url();
    }

    private @Nullable String url() {
        skipBlanks();
        while (at < content.length() && (Character.isDigit(content.charAt(at)) || content.charAt(at) == '.')) {
            at++;
        }
        var afterTime = at;
        skipBlanks();
        if (is(';') || is(',')) {
            at++;
            skipBlanks();
        } else if (at == afterTime) {
            return null;
        }
        skipName();
        if (at == content.length()) {
            return null;
        }
        var quote = content.charAt(at);
        if (quote != '"' && quote != '\'') {
            return content.substring(at);
        }
        var end = content.indexOf(quote, at + 1);
        return content.substring(at + 1, end < 0 ? content.length() : end);
    }

    /** {@code url =}, if it is there. */
    private void skipName() {
        var before = at;
        if (content.regionMatches(true, at, URL, 0, URL.length())) {
            at += URL.length();
            skipBlanks();
            if (is('=')) {
                at++;
                skipBlanks();
                return;
            }
        }
        at = before;
    }

    private void skipBlanks() {
        while (at < content.length() && Character.isWhitespace(content.charAt(at))) {
            at++;
        }
    }

    private boolean is(char c) {
        return at < content.length() && content.charAt(at) == c;
    }
}
