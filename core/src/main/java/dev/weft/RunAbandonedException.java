package dev.weft;

import java.util.List;

/**
 * The caller of a {@link Weft#run(Body) run} was interrupted again while it waited for tasks that it had asked to stop
 * before: the run is left, and these tasks go on without an owner. The first interruption is the cause. Each of the
 * first twenty tasks has a suppressed exception, whose stack trace shows where the task was.
 *
 * <p>Each task left behind is also reported as a {@link Problem.Kind#LEFT_BEHIND}, stays in {@link Weft#dump()} until
 * it ends, and has a later failure reported.
 *
 * @since 0.1.0
 */
public final class RunAbandonedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // of a list that can be
    private final List<String> taskNames;

    RunAbandonedException(String message, List<String> taskNames, InterruptedException first) {
        super(message);
        this.taskNames = List.copyOf(taskNames);
        initCause(first);
    }

    /**
     * Returns the names of the tasks that had not ended when the run was left.
     *
     * @return an immutable list
     * @since 0.1.0
     */
    public List<String> taskNames() {
        return taskNames;
    }
}
