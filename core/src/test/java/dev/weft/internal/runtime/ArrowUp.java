package dev.weft.internal.runtime;

import dev.weft.internal.task.TaskImpl;

/** What the rule for rooms must refuse: the seam knows nothing of tasks. */
public final class ArrowUp {

    private ArrowUp() {}

    static Object of(TaskImpl<?> task) {
        return task.name();
    }
}
