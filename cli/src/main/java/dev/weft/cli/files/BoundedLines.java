package dev.weft.cli.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines of bytes, each byte once. Not more than so much is kept of a line, however long it is, and one that does
 * not end is not read for ever. Not thread-safe.
 */
public final class BoundedLines {

    /** A line of this length has another meaning than to be a line. */
    public static final long ENDLESS = 1024L * 1024 * 1024;

    /** A line does not end. */
    public static final class EndlessException extends IOException {
        private static final long serialVersionUID = 1L;

        EndlessException() {
            super("a line has more than " + ENDLESS / (1024 * 1024) + " MB: it is no text");
        }
    }

    private final InputStream in;
    private final int max;
    private final byte[] buffer = new byte[65_536];
    private int position;
    private int filled;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;
    private boolean ended;
    private long offset;
    private long count;

    /** Keeps the first {@code max} bytes of each line. */
    public BoundedLines(InputStream in, int max) {
        this.in = in;
        this.max = max;
    }

    /**
     * Reads the next line; false at the end.
     *
     * @throws EndlessException if it is {@linkplain #ENDLESS endless}
     */
    public boolean next() throws IOException {
        kept.reset();
        length = 0;
        ended = false;
        count++;
        while (!ended) {
            if (position == filled && !fill()) {
                count -= length > 0 ? 0 : 1;
                return length > 0;
            }
            take();
            if (length > ENDLESS) {
                throw new EndlessException();
            }
        }
        return true;
    }

    /**
     * Reads to the end, and keeps nothing: it is quick.
     *
     * @return how many lines have something in them that does not begin with {@code #}
     */
    public long countRest() throws IOException {
        var saying = 0L;
        var isUndecided = true;
        var isEmpty = true;
        while (position < filled || fill()) {
            while (position < filled) {
                var b = buffer[position++];
                isEmpty = false;
                if (b == '\n') {
                    count++;
                    isUndecided = true;
                    isEmpty = true;
                } else if (isUndecided && (b < 0 || b > ' ')) {
                    isUndecided = false;
                    saying += b == '#' ? 0 : 1;
                }
                while (!isUndecided && position < filled && buffer[position] != '\n') {
                    position++;
                }
            }
        }
        count += isEmpty ? 0 : 1;
        return saying;
    }

    /** How many lines there have been. */
    public long count() {
        return count;
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private void take() {
        var end = position;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        var count = end - position;
        kept.write(buffer, position, Math.min(max - kept.size(), count));
        length += count;
        ended = end < filled;
        position = ended ? end + 1 : end;
        offset += count + (ended ? 1 : 0);
    }

    /** The line's first bytes, without its end. */
    public byte[] bytes() {
        return kept.toByteArray();
    }

    /** How long the line is, without its end. */
    public long length() {
        return length;
    }

    /** Whether a line end follows it; if not, it was the last. */
    public boolean isEnded() {
        return ended;
    }

    /** How many bytes there are up to here, the line's end included. */
    public long offset() {
        return offset;
    }
}
