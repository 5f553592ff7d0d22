package dev.weft.internal.api;

import dev.weft.Cancellation;
import dev.weft.internal.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Cancellation}s of this time. */
public final class Cancellations {

    private Cancellations() {}

    /** Has this class loaded: where one is needed there may be no stack or memory for that. */
    public static void open() {}

    /** One for {@code reason}, which {@code origin} gives now. */
    public static Cancellation now(Scheduler scheduler, @Nullable Object reason, String origin) {
        return new Cancellation(reason, origin, Api.deadline(scheduler.nanoTime()));
    }
}
