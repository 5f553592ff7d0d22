package dev.weft.cli.keep;

import dev.weft.cli.text.JsonWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A line of a journal: what it is about, or a URL that is done. */
public sealed interface JournalLine {

    /**
     * The first line: what runs must have in common that share a journal.
     *
     * @param method as in {@code GET}, or {@code check}
     * @param data the digest of what is sent; null for nothing
     */
    record Head(int version, String method, @Nullable String data) implements JournalLine {
        @Override
        public String toString() {
            var json = JsonWriter.exact()
                    .open('{')
                    .field("journal", "weft fetch")
                    .field("version", version)
                    .field("method", method);
            if (data != null) {
                json.field("data", data);
            }
            return json.close('}').toString();
        }
    }

    /** A URL that had an answer: this one. */
    record Done(URI uri, int status, long bytes, Duration took, int tries, List<URI> redirects) implements JournalLine {
        @Override
        public String toString() {
            return JsonWriter.exact()
                    .open('{')
                    .field("uri", uri.toString())
                    .field("status", status)
                    .field("bytes", bytes)
                    .field("took_ms", took.toMillis())
                    .field("tries", tries)
                    .field("redirects", redirects.stream().map(URI::toString).toList())
                    .close('}')
                    .toString();
        }
    }

    /** Reads a line; null if it is none. */
    static @Nullable JournalLine parse(String line) {
        try (var parser = Parsing.JSON.createParser(ObjectReadContext.empty(), line)) {
            return new Parsing(parser).line();
        } catch (JacksonException | IllegalArgumentException | StackOverflowError e) {
            return null;
        }
    }

    /** Reads one line. */
    final class Parsing {

        private static final JsonFactory JSON = new JsonFactory();

        private final JsonParser parser;
        private @Nullable String journal;
        private @Nullable String method;
        private @Nullable String data;
        private @Nullable URI uri;
        private int version;
        private int status;
        private long bytes;
        private long tookMillis;
        private int tries = 1;
        private final List<URI> redirects = new ArrayList<>();

        private Parsing(JsonParser parser) {
            this.parser = parser;
        }

        private @Nullable JournalLine line() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                field(name);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                return null;
            }
            if (method != null && "weft fetch".equals(journal)) {
                return new Head(version, method, data);
            }
            return uri == null || status == 0
                    ? null
                    : new Done(uri, status, bytes, Duration.ofMillis(tookMillis), tries, redirects);
        }

        private void field(String name) {
            switch (name) {
                case "journal" -> journal = parser.getString();
                case "version" -> version = parser.getIntValue();
                case "method" -> method = parser.getString();
                case "data" -> data = parser.getString();
                case "uri" -> uri = URI.create(parser.getString());
                case "status" -> status = parser.getIntValue();
                case "bytes" -> bytes = parser.getLongValue();
                case "took_ms" -> tookMillis = parser.getLongValue();
                case "tries" -> tries = parser.getIntValue();
                case "redirects" -> {
                    while (parser.nextToken() == JsonToken.VALUE_STRING) {
                        redirects.add(URI.create(parser.getString()));
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }
}
