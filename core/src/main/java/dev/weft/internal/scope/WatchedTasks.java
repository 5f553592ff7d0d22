package dev.weft.internal.scope;

import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskWaiter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tasks that were given to a call, not made by it: it hears of their ends until it is closed. */
final class WatchedTasks {

    private record Watched(TaskImpl<?> task, TaskWaiter waiter) {}

    private final List<Watched> all = new ArrayList<>();

    /**
     * Has {@code told} called once, at the end of {@code task}, or now if it has ended. For a call that is sure to
     * {@link #removeAll}, also if this throws.
     */
    void add(TaskImpl<?> task, Consumer<? super TaskImpl<?>> told) {
        var watched = new Watched(task, new TaskWaiter.Listener(told));
        all.add(watched); // first: what waits for a task is known here
        if (!task.add(watched.waiter)) {
            told.accept(task);
        }
    }

    /** Those that have not ended are not told of any more. */
    void removeAll() {
        for (var watched : all) {
            watched.task.remove(watched.waiter);
        }
    }

    void forEachUnfinished(Consumer<? super TaskImpl<?>> action) {
        for (var watched : all) {
            if (!watched.task.hasEnded()) {
                action.accept(watched.task);
            }
        }
    }
}
