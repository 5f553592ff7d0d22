package dev.weft.cli.http;

import dev.weft.cli.model.Outcome;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What came of asking for a page, or a file, that others are found in. */
public sealed interface Page {

    /**
     * It is here.
     *
     * @param uri where it was found in the end; null if it is a file
     */
    record Here(@Nullable URI uri, @Nullable String contentType, BufferedBody body) implements Page {}

    /** It is not, for this reason. */
    record Missing(Outcome outcome) implements Page {}
}
