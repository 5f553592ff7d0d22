package dev.weft;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Completion} under a deadline, which all completions of one call share.
 *
 * @param <T> the type of the value
 */
public interface TimedCompletion<T extends @Nullable Object> {

    /**
     * Waits for the next task to end and returns its value. Tasks that have ended already are delivered also after the
     * deadline.
     *
     * <p><b>Blocking:</b> until a task has ended that no other completion has got, or the deadline.
     * <b>Cancellation:</b> always a cancellation point; the tasks go on.
     *
     * <p>If the task has failed, this throws the very exception that its body threw, also a checked one that is not
     * declared here.
     *
     * @return the value of the task; the same at each call
     * @throws TimeoutException if the deadline has passed and no further task has ended; the tasks go on
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    T await() throws TimeoutException, InterruptedException;

    /**
     * Waits like {@link #await()}, and returns the task itself.
     *
     * @return a task that has ended; the same at each call
     * @throws TimeoutException if the deadline has passed and no further task has ended
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    Task<T> task() throws TimeoutException, InterruptedException;
}
