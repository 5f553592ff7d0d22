package dev.weft.cli.links;

import java.util.ArrayList;
import java.util.List;

/** The URLs of a {@code srcset}, as in {@code small.png 1x, large.png 2x}. */
final class Srcset {

    private Srcset() {}

    /** As browsers do it: a comma ends a URL only at its end, so that one may have commas in it. */
    static List<String> urls(String value) {
        var urls = new ArrayList<String>();
        var at = 0;
        while (true) {
            while (at < value.length() && (isBlank(value.charAt(at)) || value.charAt(at) == ',')) {
                at++;
            }
            if (at == value.length()) {
                return urls;
            }
            var start = at;
            while (at < value.length() && !isBlank(value.charAt(at))) {
                at++;
            }
            var end = at;
            while (value.charAt(end - 1) == ',') {
                end--;
            }
            urls.add(value.substring(start, end));
            if (end == at) {
                at = afterDescriptor(value, at);
            }
        }
    }

    private static int afterDescriptor(String value, int from) {
        var depth = 0;
        for (var at = from; at < value.length(); at++) {
            switch (value.charAt(at)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> {
                    if (depth <= 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
        }
        return value.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
