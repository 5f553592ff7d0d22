package dev.weft;

/**
 * Closes a value that nobody got.
 *
 * @param <T> the type of the value
 * @see Weft#closing(Body, Closer)
 */
@FunctionalInterface
public interface Closer<T> {

    /**
     * Closes {@code value}.
     *
     * @throws Exception if it cannot be closed
     */
    void close(T value) throws Exception;
}
