package dev.weft.cli.check;

import dev.weft.cli.files.FileOutput;
import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import dev.weft.cli.text.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The URLs that earlier runs found to be ok, in a file of one JSON object a line. A file of another kind is not
 * touched. Not thread-safe.
 */
final class CheckCache {

    /** The rest of a larger file is not read. */
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private static final String HEAD = JsonWriter.exact()
            .open('{')
            .field("cache", "weft check")
            .field("version", 1)
            .close('}')
            .toString();

    private static final JsonFactory JSON = new JsonFactory();

    private final CheckOptions.Cache options;
    private final Instant now;
    private final Map<URI, Entry> entries = new HashMap<>();
    private int unreadable;

    private CheckCache(CheckOptions.Cache options, Instant now) {
        this.options = options;
        this.now = now;
    }

    /**
     * A URL that was ok.
     *
     * @param fragments the places that were found in its page
     */
    record Entry(URI uri, Instant when, int status, Set<String> fragments) {}

    /** The file is not a cache, or cannot be used; the message says what to do. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Reads it, if it is there.
     *
     * <p><b>Blocking:</b> as the disk is.
     */
    static CheckCache open(CheckOptions.Cache options, Instant now) throws UnusableException {
        var cache = new CheckCache(options, now);
        try {
            FileOutput.check(options.file());
            cache.read();
        } catch (NotOursException e) {
            throw new UnusableException("--cache " + options.file() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UnusableException("--cache " + options.file() + ": " + Reason.of(e));
        }
        return cache;
    }

    private void read() throws IOException, UnusableException {
        byte[] bytes;
        try (var in = Sources.openFile(options.file())) {
            bytes = in.readNBytes(MAX_BYTES);
        } catch (NoSuchFileException e) {
            return;
        }
        var lines = new String(bytes, StandardCharsets.UTF_8).lines().iterator();
        if (lines.hasNext() && !lines.next().equals(HEAD)) {
            throw new UnusableException("--cache " + options.file()
                    + " is not a cache of weft check, and is left as it is: give another name, or delete it");
        }
        while (lines.hasNext()) {
            var entry = parse(lines.next());
            if (entry == null) {
                unreadable++;
            } else if (isFresh(entry)) {
                entries.put(entry.uri(), entry);
            }
        }
    }

    /** One that is from the future is as good as none: a clock was wrong. */
    private boolean isFresh(Entry entry) {
        var age = Duration.between(entry.when(), now);
        return !age.isNegative() && age.compareTo(options.maxAge()) < 0;
    }

    /** How many lines could not be read. */
    int unreadable() {
        return unreadable;
    }

    /** The entry of a URL, if all these places in its page are known; null if the URL has to be asked for. */
    @Nullable
    Entry find(URI uri, Set<String> fragments) {
        var entry = entries.get(uri);
        return entry != null && entry.fragments().containsAll(fragments) ? entry : null;
    }

    /** It is ok now, and these places are in its page. */
    void put(URI uri, int status, Set<String> fragments) {
        entries.put(uri, new Entry(uri, now, status, fragments));
    }

    /** It is not ok any more. */
    void remove(URI uri) {
        entries.remove(uri);
    }

    /** Writes it, in place of what is there. */
    void write() throws IOException {
        var text = new StringBuilder(HEAD).append('\n');
        entries.values().stream()
                .map(CheckCache::json)
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        FileOutput.write(options.file(), text.toString());
    }

    private static String json(Entry entry) {
        return JsonWriter.exact()
                .open('{')
                .field("uri", entry.uri().toString())
                .field("at", entry.when().toString())
                .field("status", entry.status())
                .field("fragments", List.copyOf(new TreeSet<>(entry.fragments())))
                .close('}')
                .toString();
    }

    private static @Nullable Entry parse(String line) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            return entry(parser);
        } catch (JacksonException | IllegalArgumentException | DateTimeException | StackOverflowError e) {
            return null;
        }
    }

    private static @Nullable Entry entry(JsonParser parser) {
        @Nullable URI uri = null;
        @Nullable Instant when = null;
        var status = 0;
        var fragments = new ArrayList<String>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "uri" -> uri = URI.create(parser.getString());
                case "at" -> when = Instant.parse(parser.getString());
                case "status" -> status = parser.getIntValue();
                case "fragments" -> {
                    while (parser.nextToken() == JsonToken.VALUE_STRING) {
                        fragments.add(parser.getString());
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return uri == null || when == null || status == 0 ? null : new Entry(uri, when, status, Set.copyOf(fragments));
    }
}
