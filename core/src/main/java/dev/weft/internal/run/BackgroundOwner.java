package dev.weft.internal.run;

import dev.weft.internal.task.Owner;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns, for its run, a background task whose failure has a rule of its own.
 *
 * @param failures takes the task once it has ended
 */
record BackgroundOwner(RunScope run, Consumer<TaskImpl<?>> failures) implements Owner {

    /** A failure waits for {@code delay} for somebody to look at it. */
    static BackgroundOwner patient(RunScope run, Duration delay) {
        return new BackgroundOwner(run, child -> run.keepFailures(child, delay));
    }

    /** For the tasks of a call that looks at every failure itself: the run keeps none. */
    static BackgroundOwner ofCall(RunScope run) {
        return new BackgroundOwner(run, _ -> {});
    }

    @Override
    public void ended(TaskImpl<?> child) {
        run.ended(child, failures, Consumer::accept);
    }

    @Override
    public @Nullable StructuredStrand parent() {
        return null;
    }

    @Override
    public Owner principal() {
        return run;
    }

    @Override
    public String kind() {
        return run.kind();
    }
}
