package dev.weft.internal.run;

import dev.weft.internal.task.Owner;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import org.jspecify.annotations.Nullable;

/** Owns, for its run, a background task of a call that looks at every failure itself: the run keeps none. */
record CallOwner(RunScope run) implements Owner {

    @Override
    public void ended(TaskImpl<?> child) {
        run.ended(child, this, (_, _) -> {});
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
