package dev.weft.cli.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The length that a head announces for its body: the JDK's client believes everything, a negative one, two different
 * ones, and one of a body in chunks, whose heads it would take for content.
 */
final class AnnouncedLength {

    private static final String NAME = "Content-Length";

    /** A number of digits that always fits into a long. */
    private static final int MAX_DIGITS = 18;

    private AnnouncedLength() {}

    /**
     * The fault in it; null if there is none.
     *
     * @param method what was asked: the answer to a HEAD has no body
     */
    static @Nullable IOException fault(HttpHeaders headers, String method) {
        var texts =
                headers.allValues(NAME).stream().map(String::strip).distinct().toList();
        if (texts.size() > 1) {
            return new ProtocolException("lengths that differ: " + String.join(" and ", texts));
        }
        if (!texts.isEmpty()
                && !method.equals("HEAD")
                && headers.firstValue("Transfer-Encoding").isPresent()) {
            return new ProtocolException("a body in chunks that has a length too");
        }
        return texts.stream()
                .filter(text -> length(text).isEmpty())
                .map(text -> new ProtocolException("the length \"" + text + "\""))
                .findFirst()
                .orElse(null);
    }

    /** The length; 0 if there is none, or none that can be read. */
    static long of(HttpHeaders headers) {
        return headers.firstValue(NAME).flatMap(AnnouncedLength::length).orElse(0L);
    }

    private static Optional<Long> length(String text) {
        return text.matches("\\d{1," + MAX_DIGITS + "}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
