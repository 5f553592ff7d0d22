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
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    void execute(World world) throws X, InterruptedException;
}
