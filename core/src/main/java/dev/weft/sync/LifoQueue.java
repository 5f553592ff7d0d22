package dev.weft.sync;

/**
 * A {@link Queue} that gives out the item that was put last.
 *
 * @param <T> the type of the items
 */
public final class LifoQueue<T> extends Queue<T> {

    /** A queue without a bound. */
    public LifoQueue() {
        this(0);
    }

    /**
     * A queue of at most {@code maxSize} items; without a bound if that is not positive.
     *
     * @param maxSize the number of slots; 0 or less for no bound
     */
    public LifoQueue(int maxSize) {
        super(maxSize, new DequeBuffer<>(true));
    }
}
