package dev.weft.internal.scope;

import dev.weft.internal.task.TaskImpl;

/** Which end of a task stops the others of a {@link Gather}. */
enum DecisiveEnd {
    FAILURE("gather") {
        @Override
        boolean isDecisive(TaskImpl<?> task) {
            return !task.hasSucceeded();
        }
    },
    FAILURE_OF_A_PART("combine") {
        @Override
        boolean isDecisive(TaskImpl<?> task) {
            return FAILURE.isDecisive(task);
        }
    },
    FATAL_ERROR("settle") {
        @Override
        boolean isDecisive(TaskImpl<?> task) {
            return task.failureOrNull() instanceof VirtualMachineError;
        }
    },
    SUCCESS("race") {
        @Override
        boolean isDecisive(TaskImpl<?> task) {
            return task.hasSucceeded() || FATAL_ERROR.isDecisive(task);
        }
    };

    /** The call that it is the rule of. */
    final String kind;

    DecisiveEnd(String kind) {
        this.kind = kind;
    }

    abstract boolean isDecisive(TaskImpl<?> task);
}
