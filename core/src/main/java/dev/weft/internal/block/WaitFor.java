package dev.weft.internal.block;

import dev.weft.Body;
import dev.weft.DeadlineExceededException;
import dev.weft.Task;
import dev.weft.internal.api.Api;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code waitFor}: a timeout around an await, with asyncio's rules for what a cancelled task does after all. */
public final class WaitFor {

    private WaitFor() {}

    public static <T extends @Nullable Object, X extends Exception> T waitFor(Body<T, X> body, Duration limit)
            throws X, DeadlineExceededException, InterruptedException {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(limit, "limit");
        if (body instanceof Task<?>) {
            return waitFor(TaskImpl.of(Shield.asTask(body)), limit);
        }
        var self = StructuredStrand.current();
        self.checkpoint();
        if (!limit.isPositive()) {
            throw Api.exceeded(
                    Api.deadline(Durations.deadline(self.scheduler(), limit)), "timeout of " + Durations.format(limit));
        }
        return TimeoutBlock.run(limit, timeout -> body.run());
    }

    private static <T extends @Nullable Object> T waitFor(TaskImpl<T> task, Duration limit)
            throws DeadlineExceededException, InterruptedException {
        if (task.hasEnded()) {
            StructuredStrand.current().checkpoint();
            return task.result();
        }
        try {
            return TimeoutBlock.run(limit, timeout -> task.await());
        } catch (DeadlineExceededException e) {
            if (task.hasEnded() && !task.isCancelled()) {
                return task.result();
            }
            throw e;
        }
    }
}
