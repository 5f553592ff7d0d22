package dev.weft.sync;

import dev.weft.internal.failure.Sneaky;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from tasks that put to tasks that get: first in first out. {@link LifoQueue} and {@link PriorityQueue}
 * give them out in another order. With a bound, putters wait for a free slot.
 *
 * <pre>{@code
 * taskGroup(group -> {
 *     group.createTask(() -> { for (var item : queue) { work(item); } });    // until the shutdown
 *     for (var url : urls) { queue.put(url); }
 *     queue.shutdown();
 * });
 * }</pre>
 *
 * <p><b>Fairness:</b> strict. Getters are served in the order of their coming, and so are putters; while somebody
 * waits, an item or slot that becomes free is promised to the longest waiter, and nobody else gets it. A cancelled
 * getter has taken nothing and a cancelled putter put nothing; the item or slot that it was promised goes to the next
 * one. The items of putters stand in the order of the putters' coming, also if several are let go on at the same time;
 * {@link #putNowait}, which does not wait, may come before those that are about to put. Which getter gets which item is
 * open where several are let go on at the same time on several cores.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them. Actions before an item is put are visible to
 * the caller that gets it. Items are not null.
 *
 * @param <T> the type of the items
 */
public sealed class Queue<T> implements Iterable<T> permits LifoQueue, PriorityQueue {

    private final QueueCore<T> core;

    /** A queue without a bound. */
    public Queue() {
        this(0);
    }

    /**
     * A queue of at most {@code maxSize} items; without a bound if that is not positive.
     *
     * @param maxSize the number of slots; 0 or less for no bound
     */
    public Queue(int maxSize) {
        this(maxSize, new DequeBuffer<>(false));
    }

    Queue(int maxSize, Buffer<T> buffer) {
        this(new QueueCore<>(maxSize, buffer));
    }

    Queue(QueueCore<T> core) {
        this.core = core;
    }

    /**
     * Puts an item.
     *
     * <p><b>Blocking:</b> until a slot is free that no earlier caller waits for. <b>Cancellation:</b> always a
     * cancellation point; when it throws, the item has not been put.
     *
     * @param item not null
     * @throws QueueShutDownException if the queue is shut down, before or while this waits
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void put(T item) throws InterruptedException {
        core.put(Objects.requireNonNull(item, "item"));
    }

    /**
     * Puts an item if a slot is free and not promised to a waiting putter. Never blocks.
     *
     * @param item not null
     * @throws QueueFullException if there is no such slot
     * @throws QueueShutDownException if the queue is shut down
     */
    public void putNowait(T item) {
        if (!core.tryPut(Objects.requireNonNull(item, "item"))) {
            throw new QueueFullException(core.maxSize());
        }
    }

    /**
     * Takes the next item.
     *
     * <p><b>Blocking:</b> until there is one that no earlier caller waits for. <b>Cancellation:</b> always a
     * cancellation point; when it throws, nothing has been taken.
     *
     * @return the next item, never null
     * @throws QueueShutDownException if the queue is shut down and empty, before or while this waits
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public T get() throws InterruptedException {
        var item = core.take();
        if (item == null) {
            throw new QueueShutDownException();
        }
        return item;
    }

    /**
     * Takes the next item if there is one that is not promised to a waiting getter. Never blocks.
     *
     * @return the next item, never null
     * @throws QueueEmptyException if there is no such item
     * @throws QueueShutDownException if the queue is shut down and empty
     */
    public T getNowait() {
        var item = core.tryTake();
        if (item != null) {
            return item;
        }
        if (core.isExhausted()) {
            throw new QueueShutDownException();
        }
        throw new QueueEmptyException();
    }

    /**
     * Takes items until the queue is shut down and empty. Several may iterate at once; each item goes to one of them.
     *
     * <p>{@code hasNext()} blocks and is cancelled as {@link #get()}, so it throws {@link InterruptedException},
     * although it cannot declare it. It takes the item that {@code next()} then returns.
     */
    @Override
    public Iterator<T> iterator() {
        return new Items();
    }

    /**
     * Marks one taken item as processed. Call this once for each item if anybody calls {@link #join}. Never blocks.
     *
     * @throws IllegalStateException if it is called more often than items were put
     */
    public void taskDone() {
        core.taskDone();
    }

    /**
     * Waits until all items are processed: each that was put has been marked by {@link #taskDone}, or dropped by
     * {@link #shutdownNow}.
     *
     * <p><b>Blocking:</b> until then. <b>Cancellation:</b> always a cancellation point; leaves nothing behind.
     *
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public void join() throws InterruptedException {
        core.join();
    }

    /**
     * Closes the queue to new items: {@link #put} throws {@link QueueShutDownException} from now on, also in callers
     * that wait in it. Items in the queue can still be taken; then {@link #get} throws it too. Never blocks. A second
     * call has no effect.
     */
    public void shutdown() {
        core.shutdown();
    }

    /**
     * {@link #shutdown}, and drops the items in the queue, as if they were processed. Never blocks.
     *
     * @return the dropped items, in the order in which they would have been taken; from a {@link PriorityQueue} in the
     *     order in which they were put
     */
    public List<T> shutdownNow() {
        return core.shutdownNow();
    }

    /**
     * The number of items.
     *
     * @return also counts items that are promised to waiting getters and not taken yet
     */
    public int size() {
        return core.size();
    }

    /**
     * Whether the queue has no items.
     *
     * @return true if {@link #size} is 0; {@link #get} may wait nevertheless if it is false, as items may be promised
     *     to others
     */
    public boolean isEmpty() {
        return core.size() == 0;
    }

    /**
     * Whether each slot has an item.
     *
     * @return false for a queue without a bound; {@link #put} may wait nevertheless if it is false, as slots may be
     *     promised to others
     */
    public boolean isFull() {
        return core.maxSize() > 0 && core.size() >= core.maxSize();
    }

    /**
     * The greatest number of items; not positive if there is no bound.
     *
     * @return the number given to the constructor
     */
    public int maxSize() {
        return core.maxSize();
    }

    /**
     * Returns a snapshot of the queue.
     *
     * @return the state at one moment; later changes do not show in it
     */
    public Snapshot snapshot() {
        return core.snapshot();
    }

    /** Size, bound, what waits and what is unfinished. Never calls an item's {@code toString}. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        var text =
                new StringBuilder(getClass().getSimpleName()).append("[size=").append(snapshot.size);
        if (snapshot.maxSize > 0) {
            text.append(" of ").append(snapshot.maxSize);
        }
        text.append(", getters=")
                .append(snapshot.gettersWaiting)
                .append(", putters=")
                .append(snapshot.puttersWaiting)
                .append(", unfinished=")
                .append(snapshot.unfinished);
        return text.append(snapshot.shutDown ? ", shut down]" : "]").toString();
    }

    /**
     * A queue at one moment.
     *
     * @param maxSize how many items there may be; not positive if there is no bound
     * @param size how many there are
     * @param unfinished for how many {@link Queue#taskDone} has not been called
     * @param shutDown whether it has been shut down
     * @param gettersWaiting how many wait for an item
     * @param getters their names, the longest waiting first; at most 100
     * @param puttersWaiting how many wait for a slot
     * @param putters their names, the longest waiting first; at most 100
     * @param joinersWaiting how many wait for the end of the work
     */
    public record Snapshot(
            int maxSize,
            int size,
            long unfinished,
            boolean shutDown,
            int gettersWaiting,
            List<String> getters,
            int puttersWaiting,
            List<String> putters,
            int joinersWaiting) {}

    private final class Items implements Iterator<T> {

        private @Nullable T next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = takeUndeclared();
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the queue has been shut down");
            }
            var item = Objects.requireNonNull(next);
            next = null;
            return item;
        }

        private @Nullable T takeUndeclared() {
            try {
                return core.take();
            } catch (InterruptedException e) {
                throw Sneaky.rethrow(e);
            }
        }
    }
}
