package dev.weft.cli.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lists in UTF-16, which Windows' shells write, as UTF-8: they are known by the mark at their beginning. Others come
 * through as they are.
 */
final class Utf16 extends InputStream {

    private final InputStream in;
    private boolean begun;
    private @Nullable Reader text;
    private byte[] bytes = new byte[0];
    private int at;

    /** Of a stream that is at its beginning. */
    Utf16(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (!begun && length > 0) {
            begun = true;
            return begin(to, offset, length);
        }
        if (at < bytes.length || (text != null && fill(text))) {
            var count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, to, offset, count);
            at += count;
            return count;
        }
        return text == null ? in.read(to, offset, length) : -1;
    }

    private int begin(byte[] to, int offset, int length) throws IOException {
        var count = in.read(to, offset, length);
        var first = count <= 0 ? 0 : to[offset] & 0xff;
        if (first != 0xfe && first != 0xff) {
            return count;
        }
        var read = new byte[Math.max(2, count)];
        System.arraycopy(to, offset, read, 0, count);
        if (count == 1) {
            var second = in.read();
            if (second < 0) {
                return count;
            }
            read[1] = (byte) second;
        }
        if (first + (read[1] & 0xff) != 0xfe + 0xff) {
            bytes = read;
        } else {
            var rest = new SequenceInputStream(new ByteArrayInputStream(read, 2, read.length - 2), in);
            text = new InputStreamReader(rest, first == 0xfe ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
        return read(to, offset, length);
    }

    private boolean fill(Reader from) throws IOException {
        var chars = new char[8192];
        var count = from.read(chars, 0, chars.length - 1);
        if (count < 0) {
            return false;
        }
        if (Character.isHighSurrogate(chars[count - 1])) {
            var low = from.read();
            if (low >= 0) {
                chars[count++] = (char) low;
            }
        }
        bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }
}
