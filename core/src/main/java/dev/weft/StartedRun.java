package dev.weft;

import dev.weft.internal.run.ApplicationRun;
import java.time.Duration;

/**
 * A run that lives as long as an application: made by {@link Runner.Builder#start()}, used from any thread, and closed.
 *
 * <pre>{@code
 * StartedRun run = Runner.builder().start();
 * run.createTask(() -> refreshForEver());                   // on any thread
 * run.close(Duration.ofSeconds(20));                        // at shutdown: drains, then cancels
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface StartedRun extends Run, AutoCloseable permits ApplicationRun {

    /**
     * Cancels all tasks and waits for them to end. Does nothing the second time, but waits too.
     *
     * <p><b>Blocking:</b> until all tasks have ended. If the caller is interrupted or cancelled meanwhile, this
     * returns, and the interrupt or request stays; tasks that have not ended are reported as
     * {@link Problem.Kind#LEFT_BEHIND}. <b>Cancellation:</b> never a cancellation point.
     *
     * @throws IllegalStateException if called by a task of this run, for which it would wait
     * @since 0.1.0
     */
    @Override
    void close();

    /**
     * Takes no new tasks from now on, waits for the present ones, cancels those that have not ended after
     * {@code drain}, and waits for these as long as a cancelled task may go on, which is the
     * {@linkplain Runner.Builder#cancellationGrace cancellation grace}. Tasks that still have not ended are reported as
     * {@link Problem.Kind#LEFT_BEHIND}, with their stacks.
     *
     * <p>Of several calls at once the earliest end of a drain counts. While a run drains, its tasks may call
     * {@code gather} and the like; only {@code createTask} of the run is refused.
     *
     * <p><b>Blocking:</b> as described. <b>Cancellation:</b> always a cancellation point; a caller that is stopped here
     * leaves at once, and the tasks are cancelled.
     *
     * @param drain how long the tasks may go on; zero cancels them at once, {@link Weft#FOREVER} waits for them
     * @return whether all tasks have ended
     * @throws InterruptedException if the caller was interrupted or cancelled
     * @throws IllegalStateException if called by a task of this run, for which it would wait
     * @throws IllegalArgumentException if {@code drain} is negative
     * @since 0.1.0
     */
    boolean close(Duration drain) throws InterruptedException;

    /**
     * Whether this run is on its way to its end: it was closed, or its main was cancelled, and some of its tasks have
     * not ended. It takes no new tasks then. For a health check that must fail while the application shuts down.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return false before that, and again when the run {@linkplain #isClosed() has ended}
     * @since 0.1.0
     */
    boolean isDraining();

    /**
     * Whether this run and all of its tasks have ended.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return whether {@code close} would return at once
     * @since 0.1.0
     */
    boolean isClosed();
}
