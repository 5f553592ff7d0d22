package dev.weft;

import org.jspecify.annotations.Nullable;

/** Functions of three and more arguments, for {@link Weft#combine combine}. */
public final class Combiner {

    private Combiner() {}

    /** Of three. */
    @FunctionalInterface
    public interface Of3<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object> {
        /** Combines the results. */
        R apply(A a, B b, C c);
    }

    /** Of four. */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            R extends @Nullable Object> {
        /** Combines the results. */
        R apply(A a, B b, C c, D d);
    }

    /** Of five. */
    @FunctionalInterface
    public interface Of5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            R extends @Nullable Object> {
        /** Combines the results. */
        R apply(A a, B b, C c, D d, E e);
    }
}
