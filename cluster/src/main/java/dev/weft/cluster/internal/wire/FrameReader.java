package dev.weft.cluster.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link FrameWriter} wrote, from a peer that is not trusted: each length is checked against what is left
 * before anything is allocated. A field that nobody reads is skipped.
 */
final class FrameReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    private int tag;
    private int kind;
    private boolean pending;

    FrameReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int raw() throws FrameFormatException {
        if (at >= end) {
            throw new FrameFormatException("the frame ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    long varint() throws FrameFormatException {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var next = raw();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new FrameFormatException("a number has more than 64 bits");
    }

    /** Goes to the next field. @return whether there is one */
    boolean next() throws FrameFormatException {
        if (pending) {
            skip();
        }
        if (at >= end) {
            return false;
        }
        var key = varint();
        if (key < 0 || key >>> 1 > Integer.MAX_VALUE) {
            throw new FrameFormatException("not a tag: " + key);
        }
        tag = (int) (key >>> 1);
        kind = (int) (key & 1);
        pending = true;
        return true;
    }

    int position() {
        return at;
    }

    int tag() {
        return tag;
    }

    long number() throws FrameFormatException {
        expect(FrameWriter.NUMBER);
        return varint();
    }

    /** A number of this range. */
    long number(long least, long greatest) throws FrameFormatException {
        var value = number();
        if (value < least || value > greatest) {
            throw new FrameFormatException(
                    "field " + tag + ": " + value + " is not between " + least + " and " + greatest);
        }
        return value;
    }

    byte[] bytes() throws FrameFormatException {
        expect(FrameWriter.BYTES);
        var length = length();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text(int most) throws FrameFormatException {
        expect(FrameWriter.BYTES);
        var length = length();
        if (length > most) {
            throw new FrameFormatException("field " + tag + ": a text of " + length + " bytes, at most " + most);
        }
        at += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at - length, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FrameFormatException("field " + tag + ": not UTF-8");
        }
    }

    /** The fields within this field. */
    FrameReader nested() throws FrameFormatException {
        expect(FrameWriter.BYTES);
        var length = length();
        at += length;
        return new FrameReader(bytes, at - length, at);
    }

    private int length() throws FrameFormatException {
        var length = varint();
        if (length < 0 || length > end - at) {
            throw new FrameFormatException("field " + tag + ": " + length + " bytes, but only " + (end - at) + " left");
        }
        return (int) length;
    }

    private void expect(int wanted) throws FrameFormatException {
        if (kind != wanted) {
            throw new FrameFormatException("field " + tag + " is of another kind");
        }
        pending = false;
    }

    private void skip() throws FrameFormatException {
        pending = false;
        if (kind == FrameWriter.NUMBER) {
            varint();
        } else {
            var length = length();
            at += length;
        }
    }
}
