package dev.weft.internal.runtime;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries steps again that must not be left out for want of memory, until there is some: a waiter that is not told of a
 * task's end would wait for ever.
 *
 * <p>Each step must be one that may be done again after it has failed half-way. The functions must capture nothing, as
 * {@code Type::method} does: what captures allocates before it gets here.
 */
public final class Memory {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private Memory() {}

    /** Waits for somebody to let go of some. */
    public static void pause() {
        Spinning.pauseFor(PAUSE);
    }

    /** Makes something out of nothing. */
    public static <R> R insist(Supplier<R> step) {
        for (; ; ) {
            try {
                return step.get();
            } catch (OutOfMemoryError e) {
                pause();
            }
        }
    }

    /** Makes something out of {@code one}. */
    public static <A extends @Nullable Object, R> R insist(A one, Function<A, R> step) {
        for (; ; ) {
            try {
                return step.apply(one);
            } catch (OutOfMemoryError e) {
                pause();
            }
        }
    }

    /** Makes something out of both. */
    public static <A extends @Nullable Object, B extends @Nullable Object, R> R insist(
            A one, B other, BiFunction<A, B, R> step) {
        for (; ; ) {
            try {
                return step.apply(one, other);
            } catch (OutOfMemoryError e) {
                pause();
            }
        }
    }

    /** Does something with {@code one}. */
    public static <A extends @Nullable Object> void insistOn(A one, Consumer<A> step) {
        for (; ; ) {
            try {
                step.accept(one);
                return;
            } catch (OutOfMemoryError e) {
                pause();
            }
        }
    }

    /** Does something with both. */
    public static <A extends @Nullable Object, B extends @Nullable Object> void insistOn(
            A one, B other, BiConsumer<A, B> step) {
        for (; ; ) {
            try {
                step.accept(one, other);
                return;
            } catch (OutOfMemoryError e) {
                pause();
            }
        }
    }
}
