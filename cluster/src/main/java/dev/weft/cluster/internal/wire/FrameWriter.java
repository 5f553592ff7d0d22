package dev.weft.cluster.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes fields: a key, which is the tag and the kind, and a number or bytes. Numbers have seven bits to a byte, the
 * lowest first.
 */
final class FrameWriter {

    static final int NUMBER = 0;
    static final int BYTES = 1;

    private byte[] bytes;
    private int size;

    FrameWriter(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    FrameWriter raw(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Negative numbers take ten bytes. */
    FrameWriter varint(long value) {
        room(10);
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    FrameWriter number(int tag, long value) {
        return varint(key(tag, NUMBER)).varint(value);
    }

    FrameWriter bytes(int tag, byte[] value) {
        varint(key(tag, BYTES)).varint(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** Bytes in two parts. */
    FrameWriter bytes(int tag, byte[] first, byte[] second) {
        varint(key(tag, BYTES)).varint((long) first.length + second.length);
        room(first.length + second.length);
        System.arraycopy(first, 0, bytes, size, first.length);
        System.arraycopy(second, 0, bytes, size + first.length, second.length);
        size += first.length + second.length;
        return this;
    }

    FrameWriter text(int tag, String value) {
        return bytes(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    static long key(int tag, int kind) {
        return ((long) tag << 1) | kind;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
