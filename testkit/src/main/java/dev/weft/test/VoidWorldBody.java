package dev.weft.test;

/**
 * A {@link WorldBody} without a result.
 *
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface VoidWorldBody<X extends Exception> {

    /**
     * Does the work.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    void run(World world) throws X, InterruptedException;
}
