package dev.weft;

/** Something that was registered and can be taken back. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes it back. Does nothing the second time, or if it is too late. */
    void remove();

    /**
     * {@link #remove}, for a {@code try} with resources.
     *
     * @since 0.1.0
     */
    @Override
    default void close() {
        remove();
    }
}
