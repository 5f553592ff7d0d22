package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Work that can be run: what a coroutine is to asyncio. It may block, and it says with {@code X} which checked
 * exception it throws; calls that run it throw exactly that.
 *
 * <p>A {@link Task} is a body too, whose {@link #run()} awaits it. So it stands wherever a body can.
 *
 * @param <T> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception> {

    /**
     * Does the work.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    T run() throws X, InterruptedException;
}
