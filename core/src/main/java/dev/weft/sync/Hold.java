package dev.weft.sync;

/** Something that is held until it is closed: for {@code try (var _ = lock.hold()) { … }}. */
@FunctionalInterface
public interface Hold extends AutoCloseable {

    /** Gives it back. Never blocks. */
    @Override
    void close();
}
