package dev.weft;

/**
 * Closes a value that no caller got.
 *
 * @param <T> the type of the value
 * @see Weft#closing(Body, Closer)
 * @since 0.1.0
 */
@FunctionalInterface
public interface Closer<T> {

    /**
     * Closes {@code value}. May block. A cancel or interrupt that comes meanwhile may end a wait in here; it is
     * delivered again afterwards.
     *
     * @param value not null
     * @throws Exception if it cannot be closed
     * @since 0.1.0
     */
    void close(T value) throws Exception;
}
