package dev.weft.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Ready codecs. None of them uses Java serialization.
 *
 * @since 0.1.0
 */
public final class Codecs {

    private Codecs() {}

    /**
     * Returns a codec of texts, as UTF-8. Bytes that are not UTF-8 are refused, and so is null.
     *
     * @return a codec without state
     * @since 0.1.0
     */
    public static Codec<String> text() {
        return Text.CODEC;
    }

    /**
     * Returns a codec of bytes as they are. Null is refused.
     *
     * @return a codec without state
     * @since 0.1.0
     */
    public static Codec<byte[]> bytes() {
        return Bytes.CODEC;
    }

    /**
     * Returns a codec of JSON, by Jackson 3, which must be on the class path or module path: the artifact
     * {@code tools.jackson.core:jackson-databind}. The class is fixed here; no class is chosen by what is received, so
     * types that ask Jackson to write the names of their classes are refused. Unknown properties are skipped, so that a
     * newer version may add some; missing ones are null or zero.
     *
     * @param type the class of the values; a record for a list or another type with parameters
     * @param <T> the type of the values
     * @return a codec
     * @throws IllegalStateException if Jackson is missing
     * @since 0.1.0
     */
    public static <T> Codec<T> json(Class<T> type) {
        try {
            return new JsonCodec<>(type);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Codecs.json needs Jackson 3: add tools.jackson.core:jackson-databind to the dependencies", e);
        }
    }

    /** Users may come without nullness checks. */
    private static void requireValue(@Nullable Object value, String codec) throws IOException {
        if (value == null) {
            throw new IOException("null is not a value of Codecs." + codec + "(): Codecs.json takes it");
        }
    }

    private enum Text implements Codec<String> {
        CODEC;

        @Override
        public byte[] encode(String value) throws IOException {
            requireValue(value, "text");
            try {
                var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
                var bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            } catch (CharacterCodingException e) {
                throw new IOException("the text is not Unicode: half of a pair of surrogates stands alone", e);
            }
        }

        @Override
        public String decode(byte[] bytes) throws IOException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IOException("not UTF-8", e);
            }
        }
    }

    private enum Bytes implements Codec<byte[]> {
        CODEC;

        @Override
        public byte[] encode(byte[] value) throws IOException {
            requireValue(value, "bytes");
            return value.clone();
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }
    }
}
