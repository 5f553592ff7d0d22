package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * What a task that is {@linkplain TaskGroup#start(StartBody) started to be ready} tells its starter by. Thread-safe.
 *
 * @param <V> the type of the value
 */
@FunctionalInterface
public interface Ready<V extends @Nullable Object> {

    /**
     * Tells the starter that the task is ready: {@link TaskGroup#start(StartBody) start} returns {@code value}. If the
     * starter was cancelled before, this does nothing: the task has been asked to stop.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point. <b>Memory visibility:</b> what the
     * caller did before is visible to the starter.
     *
     * @throws IllegalStateException if the task is ready already, or has ended
     */
    void set(V value);
}
