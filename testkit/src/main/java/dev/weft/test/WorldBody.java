package dev.weft.test;

import org.jspecify.annotations.Nullable;

/**
 * The main of a simulation that is given its {@link World}.
 *
 * @param <T> the type of its result
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface WorldBody<T extends @Nullable Object, X extends Exception> extends VoidWorldBody<X> {

    /**
     * Does the work.
     *
     * @param world the world of this execution, of use to its tasks only
     * @return the result of the execution
     * @throws X as the work says
     * @throws InterruptedException if the body was asked to stop
     */
    T run(World world) throws X, InterruptedException;

    /**
     * {@link #run}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if the body was asked to stop
     */
    @Override
    default void execute(World world) throws X, InterruptedException {
        run(world);
    }
}
