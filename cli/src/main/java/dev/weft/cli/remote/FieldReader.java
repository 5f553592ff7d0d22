package dev.weft.cli.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link FieldWriter} wrote. Takes nothing on trust: no length is believed that the bytes do not bear out.
 */
final class FieldReader {

    private static final int MAX_SHIFT = 56;

    private final byte[] bytes;
    private int at;

    FieldReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() throws IOException {
        var number = 0L;
        for (var shift = 0; shift <= MAX_SHIFT; shift += 7) {
            if (at == bytes.length) {
                throw new IOException("the record ends too early, at byte " + at);
            }
            var b = bytes[at++];
            number |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return number;
            }
        }
        throw new IOException("a number of more than 63 bits at byte " + at);
    }

    /** A number that is at most so large. */
    int number(int most, String name) throws IOException {
        var number = number();
        if (number > most) {
            throw new IOException(name + " is " + number + ", more than " + most);
        }
        return (int) number;
    }

    String text() throws IOException {
        var length = number(bytes.length - at, "the length of a text");
        if (length > bytes.length - at) {
            throw new IOException("a text of " + length + " bytes, of which " + (bytes.length - at) + " are there");
        }
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    @Nullable
    String optional() throws IOException {
        return number(1, "whether there is a text") == 0 ? null : text();
    }

    <E extends Enum<E>> E word(E[] words) throws IOException {
        return words[number(words.length - 1, "the number of a word")];
    }
}
