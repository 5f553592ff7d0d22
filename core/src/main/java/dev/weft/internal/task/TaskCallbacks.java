package dev.weft.internal.task;

import org.jspecify.annotations.Nullable;

/** Calls the users' callbacks of a task that has ended: one after the other, in no task. */
final class TaskCallbacks {

    private TaskCallbacks() {}

    /** Has this class loaded: where a task ends there may be no memory for that. */
    static void open() {}

    /**
     * @param first linked to the others
     * @param waitingRun the run that does not end before the callbacks have
     */
    static void call(TaskImpl<?> task, TaskWaiter.UsersCallback first, @Nullable RunContext waitingRun) {
        if (Thread.currentThread() == task.thread() && !task.scheduler().takesTurns()) {
            callHere(task, first, waitingRun);
            return;
        }
        try {
            CallbackStrand.start(task, "callback", () -> callHere(task, first, waitingRun));
        } catch (Throwable e) {
            callHere(task, first, waitingRun); // for want of memory: in no turn of its own, then
        }
    }

    private static void callHere(TaskImpl<?> task, TaskWaiter.UsersCallback first, @Nullable RunContext waitingRun) {
        try {
            for (TaskWaiter waiter = first; waiter != null; waiter = waiter.next) {
                try {
                    ((TaskWaiter.UsersCallback) waiter).action.run();
                } catch (Throwable e) {
                    Problems.of(task).callbackFailed(task, e);
                }
                Thread.interrupted(); // the next one begins with a clear status, too
            }
        } finally {
            letGo(waitingRun);
        }
    }

    private static void letGo(@Nullable RunContext waitingRun) {
        if (waitingRun != null) {
            waitingRun.letGo();
        }
    }
}
