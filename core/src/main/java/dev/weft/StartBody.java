package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Work that says when it is ready, and goes on: a server that listens, a connection that is open.
 *
 * @param <V> the type of the value that the starter gets
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @see TaskGroup#start(StartBody)
 * @since 0.1.0
 */
@FunctionalInterface
public interface StartBody<V extends @Nullable Object, X extends Exception> {

    /**
     * Does the work.
     *
     * @param ready must be set once, when the work is ready
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    void run(Ready<V> ready) throws X, InterruptedException;
}
