package dev.weft.internal.task;

import dev.weft.Outcome;
import dev.weft.internal.flight.Flight;
import dev.weft.internal.flight.TaskEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One task that runs, as the flight recorder and the listeners, the process's and its run's, are told of it. On the
 * task's thread.
 */
final class TaskSpan {

    private final TaskImpl<?> task;
    private final @Nullable Listeners ofProcess;
    private final @Nullable Listeners ofRun;
    private final @Nullable TaskEvent event;
    private final long beginNanos;

    private TaskSpan(
            TaskImpl<?> task,
            @Nullable Listeners ofProcess,
            @Nullable Listeners ofRun,
            @Nullable TaskEvent event,
            long beginNanos) {
        this.task = task;
        this.ofProcess = ofProcess;
        this.ofRun = ofRun;
        this.event = event;
        this.beginNanos = beginNanos;
    }

    /** Whether anybody is to be told of a run's tasks. Three reads while nobody is. */
    static boolean isWanted(@Nullable RunContext run) {
        return Flight.isOn() || ProcessDefaults.current().listeners != null || (run != null && run.listeners() != null);
    }

    /** {@code task} is about to run its body. */
    static TaskSpan begin(TaskImpl<?> task) {
        var ofProcess = ProcessDefaults.current().listeners;
        var ofRun = ofRun(task);
        var beginNanos =
                ofProcess == null && ofRun == null ? 0 : task.scheduler().nanoTime();
        if (ofProcess != null) {
            ofProcess.started(task, beginNanos);
        }
        if (ofRun != null) {
            ofRun.started(task, beginNanos);
        }
        var event = Flight.isOn() ? TaskFlight.begun(task) : null;
        return new TaskSpan(task, ofProcess, ofRun, event, beginNanos);
    }

    private static @Nullable Listeners ofRun(TaskImpl<?> task) {
        var run = task.runContext();
        return run == null ? null : run.listeners();
    }

    /** The body has ended with {@code end}: a value, or an {@link Ending}. */
    void end(@Nullable Object end) {
        if (event != null) {
            TaskFlight.ended(event, task, end);
        }
        if (Flight.isOn() && end instanceof Ending.Failed failed) {
            TaskFlight.failed(task, failed.exception());
        }
        if (ofProcess != null || ofRun != null) {
            var ran = Duration.ofNanos(task.scheduler().nanoTime() - beginNanos);
            var outcome =
                    end instanceof Ending ending ? ending.toOutcome() : new Outcome.Success<@Nullable Object>(end);
            if (ofRun != null) {
                ofRun.ended(task, outcome, ran);
            }
            if (ofProcess != null) {
                ofProcess.ended(task, outcome, ran);
            }
        }
    }

    /** {@code task} has ended without having run. Does not fail. */
    static void neverStarted(TaskImpl<?> task, Ending end) {
        if (!isWanted(task.runContext())) {
            return;
        }
        try {
            tellNeverStarted(task, end);
        } catch (Throwable e) {
            Problems.internal(task, e);
        }
    }

    private static void tellNeverStarted(TaskImpl<?> task, Ending end) {
        var ofRun = ofRun(task);
        if (ofRun != null) {
            ofRun.neverStarted(task, end.toOutcome());
        }
        var ofProcess = ProcessDefaults.current().listeners;
        if (ofProcess != null) {
            ofProcess.neverStarted(task, end.toOutcome());
        }
        if (Flight.isOn() && end instanceof Ending.Failed failed) {
            TaskFlight.failed(task, failed.exception());
        }
    }
}
