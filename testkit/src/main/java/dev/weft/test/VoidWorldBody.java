package dev.weft.test;

/**
 * A main without a result. A {@link WorldBody} is one too, whose result is dropped.
 *
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface VoidWorldBody<X extends Exception> {

    /**
     * Does the work.
     *
     * @param world the world of this execution, of use to its tasks only
     * @throws X as the work says
     * @throws InterruptedException if the body was asked to stop
     */
    void execute(World world) throws X, InterruptedException;
}
