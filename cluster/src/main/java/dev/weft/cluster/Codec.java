package dev.weft.cluster;

import java.io.IOException;

/**
 * Turns values into bytes and back. {@link Codecs} has ready ones.
 *
 * <p>A codec is called by several tasks at the same time, on the caller's task or the handler's, under no lock. An
 * exception of a codec is the outcome of the one call concerned: a {@link CodecException}. It must not return null from
 * {@code encode}.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public interface Codec<T> {

    /**
     * Returns the bytes of a value. The array is not changed afterwards, and must not be changed by the codec either.
     *
     * @param value never null unless the handler takes or returns null
     * @return its bytes
     * @throws IOException if the value cannot be encoded
     * @since 0.1.0
     */
    byte[] encode(T value) throws IOException;

    /**
     * Returns the value of bytes that {@link #encode} made, perhaps in another version of the program.
     *
     * @param bytes what another member sent: must not be trusted
     * @return the value
     * @throws IOException if the bytes are not those of a value
     * @since 0.1.0
     */
    T decode(byte[] bytes) throws IOException;
}
