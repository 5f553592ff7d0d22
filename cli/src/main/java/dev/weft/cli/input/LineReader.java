package dev.weft.cli.input;

import dev.weft.cli.files.BoundedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of URLs: one a line, in UTF-8, with or without a byte order mark, with Unix or Windows line ends. Blank
 * lines and lines that begin with {@code #} are passed over.
 *
 * <p>A line that is too long or not UTF-8 is told of, with its number, and the next one is read all the same. Not
 * thread-safe.
 */
public final class LineReader {

    /** The longest line that may be a URL. Not more than this is kept of a line. */
    static final int MAX_BYTES = 65_536;

    private static final int SHOWN = 60;

    private final BoundedLines lines;
    private long number;

    public LineReader(InputStream in) {
        this.lines = new BoundedLines(in, MAX_BYTES);
    }

    /** The next line that says something; null at the end. */
    public @Nullable SourceLine next() throws IOException {
        while (lines.next()) {
            number++;
            var line = line(lines.bytes(), lines.length());
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** Reads to the end. @return how many lines say something */
    long countRest() throws IOException {
        var before = lines.count();
        var count = lines.countRest();
        number += lines.count() - before;
        return count;
    }

    /** How many lines there have been. */
    long number() {
        return number;
    }

    private @Nullable SourceLine line(byte[] bytes, long length) {
        var start = number == 1 ? bomLength(bytes) : 0;
        if (length > MAX_BYTES) {
            return new SourceLine.Unreadable(
                    number, beginning(bytes, start), "the line has " + length + " bytes: too long for a URL");
        }
        var input = ByteBuffer.wrap(bytes, start, bytes.length - start);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(input)
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            var at = input.position();
            var why = String.format("byte %d of the line, 0x%02X, is not UTF-8", at - start + 1, bytes[at]);
            return new SourceLine.Unreadable(number, beginning(bytes, start), why);
        }
        return text.isEmpty() || text.startsWith("#") ? null : new SourceLine.Text(number, text);
    }

    private static int bomLength(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
    }

    /** Undecodable bytes come out as the replacement character. */
    private static String beginning(byte[] bytes, int start) {
        var text = new String(bytes, start, Math.min(SHOWN, bytes.length - start), StandardCharsets.UTF_8).strip();
        return bytes.length - start > SHOWN ? text + "…" : text;
    }
}
