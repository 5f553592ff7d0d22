package dev.weft.cli;

import java.io.ByteArrayOutputStream;
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
final class LineReader {

    /** What is longer is no URL. Not more than this is kept of a line, however long it is. */
    static final int MAX_BYTES = 65_536;

    private static final int SHOWN = 60;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int filled;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line that says something; null at the end. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            var bytes = new ByteArrayOutputStream();
            var length = readLine(bytes);
            if (length < 0) {
                return null;
            }
            number++;
            var line = line(bytes.toByteArray(), length);
            if (line != null) {
                return line;
            }
        }
    }

    /** Takes a line's first bytes, and all of it from the stream. Returns its length, or -1 at the end. */
    private long readLine(ByteArrayOutputStream line) throws IOException {
        var length = 0L;
        while (true) {
            if (position == filled) {
                filled = in.read(buffer);
                position = 0;
                if (filled < 0) {
                    filled = 0;
                    return length == 0 ? -1 : length;
                }
            }
            var end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            var room = Math.max(0, MAX_BYTES - line.size());
            line.write(buffer, position, Math.min(room, end - position));
            length += end - position;
            var complete = end < filled;
            position = complete ? end + 1 : end;
            if (complete) {
                return length;
            }
        }
    }

    private @Nullable Line line(byte[] bytes, long length) {
        var start = number == 1 ? bomLength(bytes) : 0;
        if (length > MAX_BYTES) {
            return new Line.Unreadable(
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
            return new Line.Unreadable(number, beginning(bytes, start), why);
        }
        return text.isEmpty() || text.startsWith("#") ? null : new Line.Text(number, text);
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
