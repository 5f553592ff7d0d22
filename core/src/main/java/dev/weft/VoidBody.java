package dev.weft;

/**
 * A {@link Body} without a result.
 *
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface VoidBody<X extends Exception> {

    /**
     * Does the work.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    void run() throws X, InterruptedException;
}
