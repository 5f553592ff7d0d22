package dev.weft;

import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Scheduler;
import java.util.Objects;

/** The runtime that runs the tasks of a {@link Runner}. */
public final class WeftRuntime {

    private final Scheduler scheduler;
    private final Runnable close;

    private WeftRuntime(Scheduler scheduler, Runnable close) {
        this.scheduler = scheduler;
        this.close = close;
    }

    /**
     * Tasks run at the same time, on all cores.
     *
     * @return the same threads for all runs; nothing is to be closed
     */
    public static WeftRuntime parallel() {
        return new WeftRuntime(ParallelScheduler.INSTANCE, () -> {});
    }

    /**
     * Tasks take turns, as in asyncio: see {@link EventLoop}.
     *
     * @return a new event loop, which the runner closes
     */
    public static WeftRuntime eventLoop() {
        var loop = EventLoopScheduler.open();
        return new WeftRuntime(loop, loop::close);
    }

    /**
     * For authors of a runtime: Weft's own test kit.
     *
     * @param scheduler of a type that is known only there
     * @param close ends it
     * @return a runtime for {@link Runner.Builder#runtime}
     */
    public static WeftRuntime of(Scheduler scheduler, Runnable close) {
        return new WeftRuntime(Objects.requireNonNull(scheduler, "scheduler"), Objects.requireNonNull(close, "close"));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void close() {
        close.run();
    }
}
