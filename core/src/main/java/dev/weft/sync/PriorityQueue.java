package dev.weft.sync;

import java.util.Comparator;
import java.util.Objects;

/**
 * A {@link Queue} that gives out the least item; of equal ones, the one that was put first.
 *
 * <p>The comparator is called on the threads of the callers that put and get, with no lock held, so it may be called by
 * several at once and more often than once for a pair of items. Its exceptions are thrown by {@code put} or
 * {@code get}, and nothing has been put or taken. The order of the items must not change while they are in the queue.
 *
 * @param <T> the type of the items
 */
public final class PriorityQueue<T> extends Queue<T> {

    /**
     * A queue without a bound, in this order: {@code new PriorityQueue<Job>(Comparator.comparing(Job::due))}.
     *
     * @param order puts the item first that is got first; see the class for when it is called
     */
    public PriorityQueue(Comparator<? super T> order) {
        this(order, 0);
    }

    /**
     * A queue of at most {@code maxSize} items, in this order; without a bound if that is not positive.
     *
     * @param order puts the item first that is got first; see the class for when it is called
     * @param maxSize the number of slots; 0 or less for no bound
     */
    public PriorityQueue(Comparator<? super T> order, int maxSize) {
        super(maxSize, new HeapBuffer<>(Objects.requireNonNull(order, "order")));
    }
}
