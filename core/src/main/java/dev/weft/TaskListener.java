package dev.weft;

import java.time.Duration;

/**
 * Follows the tasks of a run, or of the whole process: for counters and timers. Given to a {@link Runner} by
 * {@link Runner.Builder#listener(TaskListener)}, or to the process by {@link Defaults.Builder#listener(TaskListener)}.
 *
 * <p>Of each task either {@link #started} and later {@link #ended} are called, or {@link #neverStarted}; each once, and
 * before anybody who awaits the task goes on. So when a structured call has returned, the listener has been called for
 * all of its tasks.
 *
 * <p>Thread-safety: called by the tasks' own threads, by many at once where tasks run at the same time.
 *
 * <p>Blocking: must not block; the task waits for the listener, and on the event loop all tasks do. An exception that a
 * listener throws is reported as a {@link Problem.Kind#CALLBACK_FAILURE} and changes nothing for the task.
 */
public interface TaskListener {

    /**
     * {@code task} is about to run its body. Called on its thread.
     *
     * @param task a task whose body has not begun
     */
    default void started(Task<?> task) {}

    /**
     * {@link #started(Task)} with the time for which the task has waited: for a place under a limit, or for a core.
     * Calls that method unless overridden.
     *
     * @param task the task
     * @param waited since the task was made, on the clock of its runtime; tasks that one call makes at once are made
     *     when that begins
     * @since 0.1.0
     */
    default void started(Task<?> task, Duration waited) {
        started(task);
    }

    /**
     * The body of {@code task} has ended; the task counts as running for a moment yet. Called on its thread. A failure
     * that is seen here does not count as looked at.
     *
     * @param task a task whose body has ended
     * @param outcome the body's end
     * @param ran the time that the body has taken, waits included, on the clock of its runtime
     */
    default void ended(Task<?> task, Outcome<?> outcome, Duration ran) {}

    /**
     * {@code task} will not run: it was cancelled before, or its thread could not be started. Called by any thread.
     *
     * @param task a task whose body will not begin
     * @param outcome the reason; never a success
     */
    default void neverStarted(Task<?> task, Outcome<?> outcome) {}
}
