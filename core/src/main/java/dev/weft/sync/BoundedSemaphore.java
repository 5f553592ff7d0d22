package dev.weft.sync;

/** A {@link Semaphore} that refuses a release of what was not acquired: there are never more permits than at first. */
public final class BoundedSemaphore extends Semaphore {

    /**
     * A semaphore of so many permits and never more.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public BoundedSemaphore(int permits) {
        super(permits, permits);
    }
}
