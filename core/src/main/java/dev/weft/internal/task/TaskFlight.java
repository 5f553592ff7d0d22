package dev.weft.internal.task;

import dev.weft.internal.flight.AboutTask;
import dev.weft.internal.flight.Flight;
import dev.weft.internal.flight.TaskEvent;
import dev.weft.internal.flight.TaskFailureEvent;
import dev.weft.internal.flight.TaskStartEvent;
import org.jspecify.annotations.Nullable;

/**
 * The events of a task's life. A class of its own because its link needs the flight recorder's: it may be touched only
 * where {@link Flight#isOn} holds.
 */
final class TaskFlight {

    private TaskFlight() {}

    /** {@code task} begins; the event to hand to {@link #ended}, if anybody wants it. */
    static @Nullable TaskEvent begun(TaskImpl<?> task) {
        var start = new TaskStartEvent();
        if (start.shouldCommit()) {
            identify(start, task);
            start.commit();
        }
        var event = new TaskEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** {@code task} has ended with {@code end}: a value, or an {@link Ending}. */
    static void ended(TaskEvent event, TaskImpl<?> task, @Nullable Object end) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        identify(event, task);
        switch (end) {
            case Ending.Failed failed ->
                event.failed(failed.exception().getClass().getName(), Flight.text(failed.exception()::getMessage));
            case Ending.Cancelled cancelled ->
                event.cancelled(
                        Flight.text(
                                () -> String.valueOf(cancelled.cancellation().reasonText())),
                        cancelled.cancellation().origin());
            case null, default -> event.succeeded();
        }
        event.commit();
    }

    static void failed(TaskImpl<?> task, Throwable exception) {
        var event = new TaskFailureEvent();
        if (event.shouldCommit()) {
            identify(event, task);
            event.threw(exception.getClass().getName(), Flight.text(exception::getMessage));
            event.commit();
        }
    }

    private static void identify(AboutTask event, TaskImpl<?> task) {
        event.of(
                task.number(),
                task.name(),
                parentNumber(task),
                parentName(task),
                task.owner().callName());
    }

    /** The task whose end waits for {@code task}; 0 if it is a run or a thread. */
    private static long parentNumber(TaskImpl<?> task) {
        return task.parent() instanceof TaskImpl<?> parent ? parent.number() : 0;
    }

    private static String parentName(TaskImpl<?> task) {
        var parent = task.parent();
        return parent == null ? "run" : parent.describe();
    }
}
