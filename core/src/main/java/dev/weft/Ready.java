package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Lets a task that was {@linkplain TaskGroup#start(StartBody) started} tell its starter that it is ready. Thread-safe.
 *
 * @param <V> the type of the value
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ready<V extends @Nullable Object> {

    /**
     * Tells the starter that the task is ready: {@link TaskGroup#start(StartBody) start} returns {@code value}. If the
     * starter was cancelled before, this does nothing: the task has been asked to stop.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point. <b>Memory visibility:</b> actions of
     * the caller before this are visible to the starter.
     *
     * @param value what {@code start} returns
     * @throws IllegalStateException if the task is ready already, or has ended
     * @since 0.1.0
     */
    void set(V value);
}
