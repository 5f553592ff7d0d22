package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A place in the order of completion, handed out by {@link Weft#asCompleted asCompleted}. It is bound to no particular
 * task before it is awaited: whichever completion is awaited first gets the first task that ends. Once it has got one,
 * it keeps it, and further calls return at once. Thread-safe.
 *
 * @param <T> the type of the value
 */
public interface Completion<T extends @Nullable Object> {

    /**
     * Waits for the next task to end and returns its value.
     *
     * <p><b>Blocking:</b> until a task has ended that no other completion has got. <b>Cancellation:</b> always a
     * cancellation point; the tasks go on.
     *
     * <p>If the task has failed, this throws the very exception that its body threw, also a checked one that is not
     * declared here.
     *
     * @return the value of the task; the same at each call
     * @throws java.util.concurrent.CancellationException if the task was cancelled
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if only tasks are left that wait for the caller: the wait would never end
     */
    T await() throws InterruptedException;

    /**
     * Waits like {@link #await()}, and returns the task itself: one that was given is returned as the identical object.
     *
     * @return a task that has ended; the same at each call
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    Task<T> task() throws InterruptedException;
}
