package dev.weft;

/** A registration that can be withdrawn. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Withdraws the registration. Does nothing the second time, or if it is too late. */
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
