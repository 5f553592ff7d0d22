package dev.weft.test.internal.hooks;

import org.jspecify.annotations.Nullable;

/**
 * A wait with a limit. Each such wait of the JDK has a twin without one, which an interrupt ends: a simulation runs
 * {@link #untimed} with a timer on its own clock that interrupts the thread, and then {@link #expired}.
 *
 * @param <T> the result of the wait
 * @param subject the object that is waited for
 * @param what its class and the name of the method, for traces
 * @param nanos the limit, which is positive
 * @param original the call as it was written
 * @param untimed the same wait without a limit
 * @param expired returns the result of a wait that took too long, or throws its exception
 */
public record TimedWait<T extends @Nullable Object>(
        Object subject, String what, long nanos, Call<T> original, Call<T> untimed, Call<T> expired) {

    /**
     * A part of a wait.
     *
     * @param <T> the result of the wait
     */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {
        /** Does it. */
        T call() throws Exception;
    }
}
