package dev.weft.test;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for. Thread-safe. */
final class Lazy<T> {

    private @Nullable Supplier<T> source;
    private @Nullable T value;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    synchronized T get() {
        var maker = source;
        if (maker != null) {
            value = maker.get();
            source = null; // and all that it holds
        }
        return Objects.requireNonNull(value);
    }
}
