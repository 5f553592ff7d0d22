package dev.weft.internal.task;

import dev.weft.Outcome;
import dev.weft.internal.flight.Flight;
import dev.weft.internal.flight.TaskEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One task that runs, as the flight recorder and the listeners of its run are told of it. On the task's thread. */
final class TaskSpan {

    private final TaskImpl<?> task;
    private final @Nullable Listeners listeners;
    private final @Nullable TaskEvent event;
    private final long beginNanos;

    private TaskSpan(TaskImpl<?> task, @Nullable Listeners listeners, @Nullable TaskEvent event, long beginNanos) {
        this.task = task;
        this.listeners = listeners;
        this.event = event;
        this.beginNanos = beginNanos;
    }

    /** Whether anybody is to be told of a run's tasks. Two reads while nobody is. */
    static boolean isWanted(@Nullable RunContext run) {
        return Flight.isOn() || (run != null && run.listeners() != null);
    }

    /** {@code task} is about to run its body. */
    static TaskSpan begin(TaskImpl<?> task) {
        var run = task.runContext();
        var listeners = run == null ? null : run.listeners();
        if (listeners != null) {
            listeners.started(task);
        }
        var event = Flight.isOn() ? TaskFlight.begun(task) : null;
        return new TaskSpan(
                task, listeners, event, listeners == null ? 0 : task.scheduler().nanoTime());
    }

    /** The body has ended with {@code end}: a value, or an {@link Ending}. */
    void end(@Nullable Object end) {
        if (event != null) {
            TaskFlight.ended(event, task, end);
        }
        if (Flight.isOn() && end instanceof Ending.Failed(var exception)) {
            TaskFlight.failed(task, exception);
        }
        if (listeners != null) {
            var ran = Duration.ofNanos(task.scheduler().nanoTime() - beginNanos);
            listeners.ended(
                    task,
                    end instanceof Ending ending ? ending.toOutcome() : new Outcome.Success<@Nullable Object>(end),
                    ran);
        }
    }

    /** {@code task} has ended without having run. */
    static void neverStarted(TaskImpl<?> task, Ending end) {
        var run = task.runContext();
        var listeners = run == null ? null : run.listeners();
        if (listeners != null) {
            listeners.neverStarted(task, end.toOutcome());
        }
        if (Flight.isOn() && end instanceof Ending.Failed(var exception)) {
            TaskFlight.failed(task, exception);
        }
    }
}
