package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.internal.api.Api;
import dev.weft.internal.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Cancellation}s of this time. */
public final class Cancellations {

    private Cancellations() {}

    /** Has this class loaded: where one is needed there may be no stack or memory for that. */
    static void open() {}

    /** One for {@code reason}, which {@code origin} gives now. */
    public static Cancellation now(Scheduler scheduler, @Nullable Object reason, String origin) {
        return new Cancellation(reason, origin, Api.deadline(scheduler.nanoTime()));
    }

    /** One for {@code reason}, which the calling thread gives to {@code task}. */
    static Cancellation byCaller(TaskImpl<?> task, @Nullable Object reason) {
        var caller = Activity.current();
        var origin = caller.describe();
        if (caller != task && origin.equals(task.describe())) {
            origin = "another " + origin;
        }
        return now(task.scheduler(), reason, origin);
    }
}
