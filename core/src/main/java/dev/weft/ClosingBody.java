package dev.weft;

import dev.weft.internal.task.ClosingRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Body} whose value must be closed if the call that runs it does not return the value. Made by
 * {@link Weft#closing(Body, Closer) closing}.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @since 0.1.0
 */
public interface ClosingBody<T extends @Nullable Object, X extends Exception> extends Body<T, X> {

    /**
     * Closes a value that this has returned. Called at most once for each, and not for null. May block.
     *
     * @param value a result of {@link #run()}, not null
     * @throws Exception if it cannot be closed
     * @since 0.1.0
     */
    void closeDropped(T value) throws Exception;

    /**
     * {@link #run()}, for a caller that wants no result: the value is closed at once.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default void execute() throws X, InterruptedException {
        var made = new ClosingRun<>(this);
        made.run();
        ClosingRun.close(List.of(made), null);
    }
}
