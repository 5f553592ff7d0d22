package dev.weft;

import dev.weft.flight.Flight;
import dev.weft.flight.TaskEvent;
import dev.weft.flight.TaskFailureEvent;
import dev.weft.flight.TaskStartEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One task that runs, as the flight recorder and the listeners of its run are told of it. On the task's thread. */
final class Observation {

    private final TaskImpl<?> task;
    private final @Nullable Listeners listeners;
    private final @Nullable TaskEvent event;
    private final long beginNanos;

    private Observation(TaskImpl<?> task, @Nullable Listeners listeners, @Nullable TaskEvent event, long beginNanos) {
        this.task = task;
        this.listeners = listeners;
        this.event = event;
        this.beginNanos = beginNanos;
    }

    /** Whether anybody is to be told of a run's tasks. Two reads while nobody is. */
    static boolean isWanted(@Nullable RunScope run) {
        return Flight.isOn() || (run != null && run.listeners() != null);
    }

    /** {@code task} is about to run its body. */
    static Observation begin(TaskImpl<?> task) {
        var run = task.runScope();
        var listeners = run == null ? null : run.listeners();
        if (listeners != null) {
            listeners.started(task);
        }
        var event = Flight.isOn() ? beginEvent(task) : null;
        return new Observation(
                task, listeners, event, listeners == null ? 0 : task.scheduler().nanoTime());
    }

    private static @Nullable TaskEvent beginEvent(TaskImpl<?> task) {
        var start = new TaskStartEvent();
        if (start.shouldCommit()) {
            start.write(
                    task.number(),
                    task.name(),
                    parentNumber(task),
                    parentName(task),
                    task.owner().kind());
        }
        var event = new TaskEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** The body has ended with {@code end}: a value, or an {@link Ending}. */
    void end(@Nullable Object end) {
        if (event != null) {
            event.end();
            if (event.shouldCommit()) {
                commit(event, end);
            }
        }
        if (Flight.isOn() && end instanceof Ending.Failed(var exception)) {
            failed(task, exception);
        }
        if (listeners != null) {
            var ran = Duration.ofNanos(task.scheduler().nanoTime() - beginNanos);
            listeners.ended(
                    task,
                    end instanceof Ending ending ? ending.toOutcome() : new Outcome.Success<@Nullable Object>(end),
                    ran);
        }
    }

    private void commit(TaskEvent ended, @Nullable Object end) {
        ended.of(
                task.number(),
                task.name(),
                parentNumber(task),
                parentName(task),
                task.owner().kind());
        switch (end) {
            case Ending.Failed(var exception) ->
                ended.failed(exception.getClass().getName(), Flight.text(exception::getMessage));
            case Ending.Cancelled(var cancellation, var _) ->
                ended.cancelled(Flight.text(() -> String.valueOf(cancellation.reason())), cancellation.origin());
            case null, default -> ended.succeeded();
        }
        ended.commit();
    }

    /** {@code task} has ended without having run. */
    static void neverStarted(TaskImpl<?> task, Ending end) {
        var run = task.runScope();
        var listeners = run == null ? null : run.listeners();
        if (listeners != null) {
            listeners.neverStarted(task, end.toOutcome());
        }
        if (Flight.isOn() && end instanceof Ending.Failed(var exception)) {
            failed(task, exception);
        }
    }

    private static void failed(TaskImpl<?> task, Throwable exception) {
        var event = new TaskFailureEvent();
        if (event.shouldCommit()) {
            event.write(
                    task.number(),
                    task.name(),
                    parentNumber(task),
                    parentName(task),
                    exception.getClass().getName(),
                    Flight.text(exception::getMessage));
        }
    }

    /** The task whose end waits for {@code task}; 0 if it is a run or a thread. */
    static long parentNumber(TaskImpl<?> task) {
        return task.parent() instanceof TaskImpl<?> parent ? parent.number() : 0;
    }

    private static String parentName(TaskImpl<?> task) {
        var parent = task.parent();
        return parent == null ? "run" : parent.describe();
    }
}
