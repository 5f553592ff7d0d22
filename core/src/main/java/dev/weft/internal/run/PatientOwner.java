package dev.weft.internal.run;

import dev.weft.internal.task.Owner;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owns, for its run, a background task whose failure has a time of its own.
 *
 * @param delay how long the failure waits for somebody to look at it
 */
record PatientOwner(RunScope run, Duration delay) implements Owner {

    @Override
    public void ended(TaskImpl<?> child) {
        run.ended(child, this, PatientOwner::keepFailures);
    }

    private void keepFailures(TaskImpl<?> child) {
        run.keepFailures(child, delay);
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
