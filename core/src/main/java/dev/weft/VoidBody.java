package dev.weft;

/**
 * Work without a result. A {@link Body} is one too, whose result is dropped.
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
     * @since 0.1.0
     */
    void execute() throws X, InterruptedException;
}
