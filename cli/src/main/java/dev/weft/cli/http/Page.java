package dev.weft.cli.http;

import dev.weft.cli.model.Outcome;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outcome of asking for a page, or a file, that others are found in. */
public sealed interface Page {

    /**
     * It is here.
     *
     * @param uri where it was found in the end; null if it is a file
     * @param contentType as the server says it, or null
     */
    record Here(@Nullable URI uri, @Nullable String contentType, BufferedBody body) implements Page {}

    /**
     * It is not, for this reason.
     *
     * @param retryAfter how long the server asks to wait before the next try, or null if it does not
     */
    record Missing(Outcome outcome, @Nullable Duration retryAfter) implements Page {
        public Missing(Outcome outcome) {
            this(outcome, null);
        }
    }
}
