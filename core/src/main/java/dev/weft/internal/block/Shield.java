package dev.weft.internal.block;

import dev.weft.Body;
import dev.weft.ClosingBody;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.RunContext;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Waiting for a task without passing a cancellation on to it. */
public final class Shield {

    private Shield() {}

    public static <T extends @Nullable Object, X extends Exception> T shield(Body<T, X> body)
            throws InterruptedException {
        Objects.requireNonNull(body, "body");
        if (body instanceof ClosingBody<T, X> closing) {
            return closing(closing);
        }
        var task = body instanceof Task<?>
                ? TaskImpl.of(asTask(body))
                : TaskImpl.of(RunContext.current("shield of a body").createTask(TaskOptions.defaults(), body));
        task.awaitEnd(StructuredStrand.current(), Scheduler.NEVER);
        return task.result();
    }

    /** Of the task, which makes a value, and a caller that leaves, the second closes the value. */
    private static <T extends @Nullable Object, X extends Exception> T closing(ClosingBody<T, X> body)
            throws InterruptedException {
        var made = new ClosingRun<>(body);
        var first = new AtomicBoolean(true);
        Body<T, X> closingIfLeft = () -> {
            var value = made.run();
            if (!first.compareAndSet(true, false)) {
                ClosingRun.close(List.of(made), null);
            }
            return value;
        };
        try {
            return shield(closingIfLeft);
        } catch (Throwable e) {
            if (!first.compareAndSet(true, false)) {
                ClosingRun.close(List.of(made), e);
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // a task that is a Body<T, X> is a Task<T>
    public static <T extends @Nullable Object> Task<T> asTask(Body<T, ?> body) {
        return (Task<T>) body;
    }
}
