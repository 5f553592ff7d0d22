package dev.weft.cli.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record of the wire, field by field. Fields are added at the end alone: who does not know them stops before.
 */
final class FieldWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /** Not negative, in one byte for each seven bits. */
    FieldWriter number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative: " + number);
        }
        var left = number;
        while (left > 0x7f) {
            bytes.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
        return this;
    }

    FieldWriter text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /** With a byte before it that says whether there is one. */
    FieldWriter optional(@Nullable String text) {
        number(text == null ? 0 : 1);
        return text == null ? this : text(text);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
