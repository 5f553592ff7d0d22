package dev.weft.internal.scope;

import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskWaiter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tasks that were given to a call, not made by it: it hears of their ends until it is closed. */
final class WatchedTasks {

    private final List<TaskImpl<?>> tasks = new ArrayList<>();
    private final List<TaskWaiter> waiters = new ArrayList<>();

    /** Has {@code told} called once, at the end of {@code task}, or now if it has ended. */
    void add(TaskImpl<?> task, Consumer<? super TaskImpl<?>> told) {
        var waiter = new TaskWaiter.Watch(told);
        tasks.add(task);
        waiters.add(waiter);
        if (!task.add(waiter)) {
            told.accept(task);
        }
    }

    /** Those that have not ended are not told of any more. */
    void removeAll() {
        for (var i = 0; i < tasks.size(); i++) {
            tasks.get(i).remove(waiters.get(i));
        }
    }

    void forEachUnfinished(Consumer<? super TaskImpl<?>> action) {
        for (var task : tasks) {
            if (!task.hasEnded()) {
                action.accept(task);
            }
        }
    }
}
