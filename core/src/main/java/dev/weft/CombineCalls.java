package dev.weft;

import dev.weft.internal.scope.Dropped;
import dev.weft.internal.task.Bodies;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code combine}: a gather with types. */
@SuppressWarnings("overloads") // a body is a Callable: the compiler prefers it
abstract class CombineCalls extends ClosingCalls {

    CombineCalls() {}

    /**
     * Runs bodies of different types at the same time and combines their results: {@link Weft#gather(Body[])} with
     * types, for two to eight bodies.
     *
     * <p><b>Blocking:</b> until all bodies have ended. <b>Cancellation:</b> always a cancellation point; the bodies are
     * cancelled and joined first.
     *
     * @param first a body or a task
     * @param second another
     * @param combiner called on the caller's thread, with the results in the order of the arguments
     * @return what {@code combiner} returned
     * @throws X what a body threw
     * @throws java.util.concurrent.CancellationException if one of them was cancelled by somebody else
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    BiFunction<? super A, ? super B, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second);
        return combiner.apply(results.<A>at(0), results.<B>at(1));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of three.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Combiner.Of3<? super A, ? super B, ? super C, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of four.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Combiner.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2), results.<D>at(3));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of five.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Body<? extends E, ? extends X> fifth,
                    Combiner.Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth, fifth);
        return combiner.apply(results.<A>at(0), results.<B>at(1), results.<C>at(2), results.<D>at(3), results.<E>at(4));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of six.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Body<? extends E, ? extends X> fifth,
                    Body<? extends F, ? extends X> sixth,
                    Combiner.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R>
                            combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth, fifth, sixth);
        return combiner.apply(
                results.<A>at(0),
                results.<B>at(1),
                results.<C>at(2),
                results.<D>at(3),
                results.<E>at(4),
                results.<F>at(5));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of seven.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Body<? extends E, ? extends X> fifth,
                    Body<? extends F, ? extends X> sixth,
                    Body<? extends G, ? extends X> seventh,
                    Combiner.Of7<
                                    ? super A,
                                    ? super B,
                                    ? super C,
                                    ? super D,
                                    ? super E,
                                    ? super F,
                                    ? super G,
                                    ? extends R>
                            combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth, fifth, sixth, seventh);
        return combiner.apply(
                results.<A>at(0),
                results.<B>at(1),
                results.<C>at(2),
                results.<D>at(3),
                results.<E>at(4),
                results.<F>at(5),
                results.<G>at(6));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of eight.
     *
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object,
                    R extends @Nullable Object,
                    X extends Exception>
            R combine(
                    Body<? extends A, ? extends X> first,
                    Body<? extends B, ? extends X> second,
                    Body<? extends C, ? extends X> third,
                    Body<? extends D, ? extends X> fourth,
                    Body<? extends E, ? extends X> fifth,
                    Body<? extends F, ? extends X> sixth,
                    Body<? extends G, ? extends X> seventh,
                    Body<? extends H, ? extends X> eighth,
                    Combiner.Of8<
                                    ? super A,
                                    ? super B,
                                    ? super C,
                                    ? super D,
                                    ? super E,
                                    ? super F,
                                    ? super G,
                                    ? super H,
                                    ? extends R>
                            combiner)
                    throws X, InterruptedException {
        Objects.requireNonNull(combiner, "combiner");
        var results = Dropped.combine(first, second, third, fourth, fifth, sixth, seventh, eighth);
        return combiner.apply(
                results.<A>at(0),
                results.<B>at(1),
                results.<C>at(2),
                results.<D>at(3),
                results.<E>at(4),
                results.<F>at(5),
                results.<G>at(6),
                results.<H>at(7));
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of two {@link Callable}s.
     *
     * @throws Exception what a callable threw
     * @since 0.1.0
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R combine(
            Callable<? extends A> first,
            Callable<? extends B> second,
            BiFunction<? super A, ? super B, ? extends R> combiner)
            throws Exception {
        return combine(Bodies.of(first), Bodies.of(second), combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of three {@link Callable}s.
     *
     * @throws Exception what a callable threw
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Combiner.Of3<? super A, ? super B, ? super C, ? extends R> combiner)
                    throws Exception {
        return combine(Bodies.of(first), Bodies.of(second), Bodies.of(third), combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of four {@link Callable}s.
     *
     * @throws Exception what a callable threw
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Callable<? extends D> fourth,
                    Combiner.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combiner)
                    throws Exception {
        return combine(Bodies.of(first), Bodies.of(second), Bodies.of(third), Bodies.of(fourth), combiner);
    }

    /**
     * {@link #combine(Body, Body, BiFunction)} of five {@link Callable}s.
     *
     * @throws Exception what a callable threw
     * @since 0.1.0
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            R combine(
                    Callable<? extends A> first,
                    Callable<? extends B> second,
                    Callable<? extends C> third,
                    Callable<? extends D> fourth,
                    Callable<? extends E> fifth,
                    Combiner.Of5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner)
                    throws Exception {
        return combine(
                Bodies.of(first), Bodies.of(second), Bodies.of(third), Bodies.of(fourth), Bodies.of(fifth), combiner);
    }
}
