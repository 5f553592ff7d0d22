package dev.weft;

import dev.weft.internal.api.Bodies;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The event loop: tasks take turns, as in asyncio. One runs at a time, first come first served, and a switch happens
 * only where a task waits in Weft. So there are no data races between two waits, and the order of things is fixed.
 *
 * <p>A task that blocks elsewhere holds all others up, as in asyncio. Put such a call into {@link Weft#blocking
 * blocking}. {@linkplain Runner.Builder#debug Debug mode} reports who held the loop for more than 100 ms, and where.
 */
public final class EventLoop {

    private EventLoop() {}

    /**
     * Runs {@code main} as the first task of a new event loop; as {@link Weft#run(Body)} otherwise.
     *
     * @throws X what main threw
     * @throws InterruptedException if the caller was interrupted
     * @throws IllegalStateException if called within a run
     */
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main)
            throws X, InterruptedException {
        try (var runner = Runner.eventLoop()) {
            return runner.run(main);
        }
    }

    /** {@link #run(Body)} for a main without a result. */
    public static <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        try (var runner = Runner.eventLoop()) {
            runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a {@link Callable}.
     *
     * @throws Exception what main threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T run(Callable<T> main) throws Exception {
        return run(Bodies.of(main));
    }
}
