package dev.weft;

import java.time.Duration;

/**
 * Is told of the tasks of a run, or of the whole process: for counters and timers. Given to a {@link Runner} by
 * {@link Runner.Builder#listener(TaskListener)}, or to the process by {@link Defaults.Builder#listener(TaskListener)}.
 *
 * <p>Of each task either {@link #started} and later {@link #ended} are called, or {@link #neverStarted}; each once, and
 * before anybody who awaits the task goes on. So when a structured call has returned, all has been told of its tasks.
 *
 * <p>Thread-safety: called by the tasks' own threads, by many at once where tasks run at the same time.
 *
 * <p>Blocking: must not block; the task waits for the listener, and on the event loop all tasks do. An exception that a
 * listener throws is reported as a {@link Problem.Kind#CALLBACK_FAILURE} and changes nothing for the task.
 */
public interface TaskListener {

    /** {@code task} is about to run its body. Called on its thread. */
    default void started(Task<?> task) {}

    /**
     * {@link #started(Task)} that tells how long the task has waited: for a place under a limit, or for a core. Calls
     * that unless overridden.
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
     * The body of {@code task} has ended; the task counts as running for a moment yet. Called on its thread. Being told
     * of a failure here does not count as having looked at it.
     *
     * @param outcome how it has ended
     * @param ran how long the body has taken, waits included, on the clock of its runtime
     */
    default void ended(Task<?> task, Outcome<?> outcome, Duration ran) {}

    /**
     * {@code task} will not run: it was cancelled before, or its thread could not be started. Called by any thread.
     *
     * @param outcome why; never a success
     */
    default void neverStarted(Task<?> task, Outcome<?> outcome) {}
}
