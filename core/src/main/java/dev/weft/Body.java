package dev.weft;

import dev.weft.internal.api.Bodies;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work that can be run, like asyncio's coroutine. It may block, and its {@code X} is the checked exception that it
 * throws; calls that run it throw exactly that.
 *
 * <p>A {@link Task} is a body too, whose {@link #run()} awaits it. So it stands wherever a body can.
 *
 * <p>Calls that take a body also take a {@link VoidBody} and a {@link Callable}. A body is both, and a
 * {@link TimeoutBody} that does not look at its timeout: by that the compiler prefers a body wherever a lambda or a
 * method reference could be any of them.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception>
        extends VoidBody<X>, TimeoutBody<T, X>, Callable<T> {

    /**
     * Does the work.
     *
     * @return the result; may be null if {@code T} allows it
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    T run() throws X, InterruptedException;

    /**
     * Returns {@code callable} as a body; itself if it is one. For lists:
     * {@code gather(callables.stream().map(Body::of).toList())}.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param <T> the type of the result
     * @param callable the work; it is not called here
     * @return a body that returns and throws what {@code callable} does
     * @since 0.1.0
     */
    static <T extends @Nullable Object> Body<T, Exception> of(Callable<T> callable) {
        return Bodies.of(callable);
    }

    /**
     * {@link #run()}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default void execute() throws X, InterruptedException {
        run();
    }

    /**
     * {@link #run()}, for a caller that knows a {@link Callable}.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default T call() throws X, InterruptedException {
        return run();
    }

    /**
     * {@link #run()}, whatever the timeout.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default T runUnder(Timeout timeout) throws X, InterruptedException {
        return run();
    }
}
