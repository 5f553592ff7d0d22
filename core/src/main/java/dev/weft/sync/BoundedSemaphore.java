package dev.weft.sync;

/** A {@link Semaphore} that refuses a release of what was not acquired: there are never more permits than at first. */
public final class BoundedSemaphore extends Semaphore {

    /**
     * A semaphore of so many permits and never more.
     *
     * @param permits the number that is free at first, and the most that can be free; with 0 no release is ever allowed
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public BoundedSemaphore(int permits) {
        super(permits, permits);
    }
}
