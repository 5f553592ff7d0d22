package dev.weft.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Queue} works. Who waits for an item is granted the right to take one, and who waits for a slot the right
 * to fill one: items are moved by their own putters and getters only, so a cancelled one has moved none.
 */
class QueueCore<T> extends Guarded {

    private static final class Turn extends WaitNode {
        private final WaitList kind;

        Turn(WaitList kind) {
            this.kind = kind;
        }
    }

    private final int maxSize;
    private final Buffer<T> buffer;

    // all below: guarded

    private final WaitList getters = new WaitList("an item of a queue");
    private final WaitList putters = new WaitList("a free slot of a queue");
    private final WaitList joiners = new WaitList("the end of all items of a queue");

    /** Granted to getters that have not taken them yet; after {@link #shutdownNow} there may be fewer items. */
    private int promisedItems;

    /** Granted to putters that have not filled them yet. */
    private int promisedSlots;

    private long unfinished;
    private boolean shutDown;

    QueueCore(int maxSize, Buffer<T> buffer) {
        super(0);
        this.maxSize = maxSize;
        this.buffer = buffer;
    }

    void put(T item) throws InterruptedException {
        checkpoint();
        while (!insert(item, false)) {
            var self = new Turn(putters);
            if (waitsForSlot(self)) {
                await(self);
                fill(self, item);
                return;
            }
        }
    }

    /** {@link #put}, unless it would wait. @return false if the queue is full */
    boolean tryPut(T item) {
        return insert(item, false);
    }

    private boolean waitsForSlot(Turn self) {
        var now = lock();
        var waits = !shutDown && !hasFreeSlot();
        if (waits) {
            putters.add(self);
        }
        unlock(now);
        return waits;
    }

    private void fill(Turn self, T item) {
        try {
            insert(item, true);
        } catch (Throwable e) {
            withdraw(self);
            throw e;
        }
    }

    /** Inserts into a free slot, or into one that was promised. @return false if none is free */
    private boolean insert(T item, boolean promised) {
        for (; ; ) {
            var plan = buffer.planAdd(item);
            var now = lock();
            try {
                if (shutDown) {
                    throw new QueueShutDownException();
                }
                if (!promised && !hasFreeSlot()) {
                    return false;
                }
                if (buffer.add(plan)) {
                    unfinished++;
                    promisedSlots -= promised ? 1 : 0;
                    return true;
                }
            } finally {
                unlock(serve(now));
            }
        }
    }

    /** Waits for an item. @return null if the queue has been shut down and is empty */
    @Nullable
    T take() throws InterruptedException {
        checkpoint();
        for (; ; ) {
            var item = extract(false);
            if (item != null) {
                return item;
            }
            var self = new Turn(getters);
            if (waitsForItem(self)) {
                await(self);
                return takeGranted(self);
            }
            if (isExhausted()) {
                return null;
            }
        }
    }

    /** {@link #take}, unless it would wait. @return null if there is no item but such as others were promised */
    @Nullable
    T tryTake() {
        return extract(false);
    }

    private boolean waitsForItem(Turn self) {
        var now = lock();
        var waits = buffer.size() <= promisedItems && !(shutDown && buffer.size() == 0);
        if (waits) {
            getters.add(self);
        }
        unlock(now);
        return waits;
    }

    private @Nullable T takeGranted(Turn self) {
        T item = null;
        try {
            item = self.isGranted() ? extract(true) : null;
        } finally {
            if (item == null) {
                withdraw(self);
            }
        }
        return item;
    }

    /** Removes an item that is free, or that was promised. @return null if there is none */
    private @Nullable T extract(boolean promised) {
        for (; ; ) {
            var plan = buffer.planRemove();
            var now = lock();
            try {
                if (buffer.size() <= (promised ? 0 : promisedItems)) {
                    return null;
                }
                var item = buffer.remove(plan);
                if (item != null) {
                    promisedItems -= promised ? 1 : 0;
                    return item;
                }
            } finally {
                unlock(serve(now));
            }
        }
    }

    /** Whether no item is there and none will come. */
    boolean isExhausted() {
        var now = lock();
        var exhausted = shutDown && buffer.size() == 0;
        unlock(now);
        return exhausted;
    }

    void taskDone() {
        var now = lock();
        var tooOften = unfinished == 0;
        if (!tooOften) {
            unfinished--;
        }
        unlock(serve(now));
        if (tooOften) {
            throw new IllegalStateException("taskDone was called more often than items were put");
        }
    }

    void join() throws InterruptedException {
        checkpoint();
        var self = new Turn(joiners);
        var now = lock();
        joiners.add(self);
        unlock(serve(now));
        await(self);
    }

    void shutdown() {
        var now = lock();
        shutDown = true;
        unlock(serve(now));
    }

    List<T> shutdownNow() {
        var now = lock();
        shutDown = true;
        unfinished = Math.max(0, unfinished - buffer.size());
        var dropped = buffer.clear();
        unlock(serve(now));
        return dropped.get();
    }

    Queue.Snapshot snapshot() {
        var now = lock();
        var snapshot = new Queue.Snapshot(
                maxSize,
                buffer.size(),
                unfinished,
                shutDown,
                getters.size(),
                getters.names(),
                putters.size(),
                putters.names(),
                joiners.size());
        unlock(now);
        return snapshot;
    }

    int size() {
        var now = lock();
        var size = buffer.size();
        unlock(now);
        return size;
    }

    int maxSize() {
        return maxSize;
    }

    private boolean hasFreeSlot() {
        return maxSize <= 0 || buffer.size() + promisedSlots < maxSize;
    }

    @Override
    long takeBack(long now, WaitNode node) {
        var kind = ((Turn) node).kind;
        promisedItems -= kind == getters ? 1 : 0;
        promisedSlots -= kind == putters ? 1 : 0;
        return now;
    }

    @Override
    long serve(long now) {
        while (!getters.isEmpty() && buffer.size() > promisedItems) {
            promisedItems++;
            end(getters.remove(), WaitNode.End.GRANTED);
        }
        while (!putters.isEmpty() && hasFreeSlot() && !shutDown) {
            promisedSlots++;
            end(putters.remove(), WaitNode.End.GRANTED);
        }
        if (shutDown) {
            endAll(putters, WaitNode.End.REFUSED);
            if (buffer.size() == 0) {
                endAll(getters, WaitNode.End.REFUSED);
            }
        }
        if (unfinished == 0) {
            endAll(joiners, WaitNode.End.GRANTED);
        }
        return now;
    }
}
