package dev.weft;

import org.jspecify.annotations.Nullable;

/** Functions of three and more arguments, for {@link Weft#combine combine}. */
public final class Combiner {

    private Combiner() {}

    /**
     * Of three.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <R> the type of the combination
     */
    @FunctionalInterface
    public interface Of3<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the results.
         *
         * @param a the result of the first body
         * @param b the result of the second body
         * @param c the result of the third body
         * @return the combination, which {@code combine} returns
         */
        R apply(A a, B b, C c);
    }

    /**
     * Of four.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <R> the type of the combination
     */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the results.
         *
         * @param a the result of the first body
         * @param b the result of the second body
         * @param c the result of the third body
         * @param d the result of the fourth body
         * @return the combination, which {@code combine} returns
         */
        R apply(A a, B b, C c, D d);
    }

    /**
     * Of five.
     *
     * @param <A> the type of the first result
     * @param <B> the type of the second result
     * @param <C> the type of the third result
     * @param <D> the type of the fourth result
     * @param <E> the type of the fifth result
     * @param <R> the type of the combination
     */
    @FunctionalInterface
    public interface Of5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object,
            R extends @Nullable Object> {
        /**
         * Combines the results.
         *
         * @param a the result of the first body
         * @param b the result of the second body
         * @param c the result of the third body
         * @param d the result of the fourth body
         * @param e the result of the fifth body
         * @return the combination, which {@code combine} returns
         */
        R apply(A a, B b, C c, D d, E e);
    }
}
