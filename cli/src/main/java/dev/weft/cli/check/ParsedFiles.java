package dev.weft.cli.check;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.timeout;

import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.links.UnreadableDocumentException;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.DurationText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Documents on disk, each read once, whether its links are wanted or the places in it. Thread-safe. */
final class ParsedFiles {

    private static final int AT_ONCE = 4;

    private final Duration limit;
    private final Map<Path, Parsed> files = new ConcurrentHashMap<>();

    /** Nothing is read yet; each file has so much time to be understood. */
    ParsedFiles(Duration limit) {
        this.limit = limit;
    }

    /** The outcome of reading one. */
    sealed interface Parsed {}

    /**
     * It could be read.
     *
     * @param isText false if some bytes are not UTF-8
     */
    record Read(PageLinks page, boolean isText) implements Parsed {}

    /** It could not, for this reason. */
    record Unreadable(String why) implements Parsed {}

    /**
     * Reads those that have not been read.
     *
     * <p><b>Blocking:</b> until all are read, or have run into the limit. <b>Cancellation:</b> always a cancellation
     * point; what is being computed goes on for nobody.
     */
    void read(Collection<Path> paths) throws InterruptedException {
        var wanted = paths.stream()
                .filter(path -> !files.containsKey(absolute(path)))
                .toList();
        forEachConcurrent(wanted, AT_ONCE, path -> files.put(absolute(path), parsed(path)));
    }

    /** The outcome; null if nobody wanted it read. */
    @Nullable
    Parsed of(Path path) {
        return files.get(absolute(path));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Parsed parsed(Path path) throws InterruptedException {
        try {
            return timeout(limit, () -> abandonOnCancel(() -> parse(path)));
        } catch (TimeoutException e) {
            return new Unreadable("is not understood within " + DurationText.format(limit)
                    + ": is it meant to be a document? --timeout gives it longer");
        }
    }

    private static Parsed parse(Path path) {
        try {
            var bytes = bytes(path);
            if (bytes.length > PageLinks.MAX_BYTES) {
                return new Unreadable("has more than " + ByteText.format(PageLinks.MAX_BYTES) + ": not read");
            }
            return Untrusted.read(() -> new Read(
                    PageLinks.read(new ByteArrayInputStream(bytes), null, path.toString()), isText(path, bytes)));
        } catch (UnreadableDocumentException | NotOursException | Untrusted.TooMuchException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return new Unreadable("there is no such file");
        } catch (IOException e) {
            return new Unreadable("cannot be read: " + Reason.of(e));
        }
    }

    private static byte[] bytes(Path path) throws IOException {
        try (var in = Sources.openFile(path)) {
            return in.readNBytes(PageLinks.MAX_BYTES + 1);
        }
    }

    /** HTML names its charset itself, and UTF-16 has a mark. */
    private static boolean isText(Path path, byte[] bytes) {
        var isMarkdown = path.toString().matches("(?i).*\\.(md|markdown)");
        var isMarked = bytes.length > 1 && (bytes[0] & 0xFE) == 0xFE && (bytes[1] & 0xFE) == 0xFE;
        if (!isMarkdown || isMarked) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
