package dev.weft;

import dev.weft.runtime.Scheduler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waiting for a task without passing a cancellation on to it. */
final class Shield {

    private Shield() {}

    static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body) throws InterruptedException {
        Objects.requireNonNull(body, "body");
        var task = body instanceof Task<?>
                ? TaskImpl.of(asTask(body))
                : TaskImpl.of(RunScope.current("shield of a body").createTask(body));
        task.watch(Activity.current(), Scheduler.NEVER);
        return task.result();
    }

    @SuppressWarnings("unchecked") // a task that is a Body<T, X> is a Task<T>
    static <T extends @Nullable Object> Task<T> asTask(Body<T, ?> body) {
        return (Task<T>) body;
    }
}
