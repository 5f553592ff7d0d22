package dev.weft;

import dev.weft.internal.api.Bodies;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The event loop: tasks take turns, as in asyncio. One runs at a time, first come first served, and a switch happens
 * only where a task waits in Weft. So there are no data races between two waits, and the order of all steps is fixed.
 *
 * <p>A task that blocks elsewhere holds all others up, as in asyncio. Put such a call into {@link Weft#blocking
 * blocking}. {@linkplain Runner.Builder#debug Debug mode} reports tasks that held the loop for more than 100 ms, and
 * where.
 */
public final class EventLoop {

    private EventLoop() {}

    /**
     * Runs {@code main} as the first task of a new event loop; as {@link Weft#run(Body)} otherwise.
     *
     * @param <T> the type of main's result
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted
     * @throws IllegalStateException if called within a run
     */
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main)
            throws X, InterruptedException {
        try (var runner = Runner.eventLoop()) {
            return runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a main without a result.
     *
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted
     */
    public static <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        try (var runner = Runner.eventLoop()) {
            runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a {@link Callable}.
     *
     * @param <T> the type of main's result
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws Exception the exception of main, itself; an {@link InterruptedException} if the caller was interrupted
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T run(Callable<T> main) throws Exception {
        return run(Bodies.of(Objects.requireNonNull(main, "main")));
    }
}
