package dev.weft.internal.scope;

import dev.weft.internal.task.TaskImpl;

/** Which end of a task stops the others of a {@link Gather}. */
enum DecisiveEnd {
    FAILURE("gather"),
    FAILURE_OF_A_PART("combine"),
    FATAL_ERROR("settle"),
    SUCCESS("race");

    /** The call that it is the rule of. */
    final String kind;

    DecisiveEnd(String kind) {
        this.kind = kind;
    }

    boolean isDecisive(TaskImpl<?> task) {
        return switch (this) {
            case FAILURE, FAILURE_OF_A_PART -> !task.hasSucceeded();
            case FATAL_ERROR -> isFatal(task);
            case SUCCESS -> task.hasSucceeded() || isFatal(task);
        };
    }

    private static boolean isFatal(TaskImpl<?> task) {
        return task.failureOrNull() instanceof VirtualMachineError;
    }
}
