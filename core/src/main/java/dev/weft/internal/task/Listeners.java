package dev.weft.internal.task;

import dev.weft.Outcome;
import dev.weft.Problem;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a run, or of the process. An exception of one of them is reported, and the others are told all the
 * same.
 */
public final class Listeners {

    private final List<TaskListener> all;

    private Listeners(List<TaskListener> all) {
        this.all = all;
    }

    /** Null if there are none: so that asking costs a comparison. */
    public static @Nullable Listeners of(List<TaskListener> listeners) {
        return listeners.isEmpty() ? null : new Listeners(listeners);
    }

    void started(TaskImpl<?> task, long nanos) {
        var waited = Duration.ofNanos(Math.max(0, nanos - task.createdNanos()));
        tell(task, "start", listener -> listener.started(task, waited));
    }

    void ended(TaskImpl<?> task, Outcome<?> outcome, Duration ran) {
        tell(task, "end", listener -> listener.ended(task, outcome, ran));
    }

    void neverStarted(TaskImpl<?> task, Outcome<?> outcome) {
        tell(task, "end", listener -> listener.neverStarted(task, outcome));
    }

    private void tell(TaskImpl<?> task, String of, Consumer<TaskListener> call) {
        for (var listener : all) {
            try {
                call.accept(listener);
            } catch (Throwable e) {
                Problems.of(task)
                        .report(
                                Problem.Kind.CALLBACK_FAILURE,
                                "the listener " + listener.getClass().getName() + " failed at the " + of + " of "
                                        + task.describe(),
                                task,
                                e);
            }
        }
    }
}
