package dev.weft.sync;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Queue} works. A caller that waits for an item is granted the right to take one, and a caller that waits
 * for a slot the right to fill one: items are moved by their own putters and getters only, so a cancelled one has moved
 * none.
 *
 * <p>Putters for whom there are slots are roused all at once, but granted one after the other: each when the one before
 * it has put or gone. So their items stand in the order of their coming, whoever is quickest.
 */
class QueueCore<T> extends Guarded {

    static final class Turn extends WaitNode {
        private final WaitQueue kind;

        /** That there is a slot for this putter, which is to be its turn soon. */
        private final Rousing approaching = new Rousing(this);

        Turn(WaitQueue kind) {
            this.kind = kind;
        }
    }

    /** Where an item may go. */
    private enum Place {
        /** The slot that the caller was granted. */
        GRANTED,
        /** A free slot, if nobody who came before has still to fill one. */
        IN_TURN,
        /** A free slot. */
        ANY
    }

    private final int maxSize;
    private final Buffer<T> buffer;

    // all below: guarded

    private final WaitQueue getters = new WaitQueue("an item of a queue");
    private final WaitQueue putters = new WaitQueue("a free slot of a queue");

    /** Those putters for whom there is a slot; the first is granted it. */
    private final WaitQueue fillers = new WaitQueue("the next free slot of a queue");

    private final WaitQueue joiners = new WaitQueue("the end of all items of a queue");

    /** Granted to getters that have not taken them yet; after {@link #shutdownNow} there may be fewer items. */
    private int promisedItems;

    private long unfinished;
    private boolean shutDown;

    QueueCore(int maxSize, Buffer<T> buffer) {
        super(0);
        this.maxSize = maxSize;
        this.buffer = buffer;
    }

    void put(T item) throws InterruptedException {
        checkpoint();
        var self = beginPut(item);
        if (self != null) {
            await(self);
            endPut(self, item);
        }
    }

    /** Puts, unless that has to wait. @return who waits, for a slot that is then filled by {@link #endPut}, or null */
    @Nullable
    Turn beginPut(T item) {
        while (!insert(item, Place.IN_TURN)) {
            var self = new Turn(putters);
            if (waitsForSlot(self)) {
                return self;
            }
        }
        return null;
    }

    /** {@link #put}, unless there is no slot. @return false if the queue is full */
    boolean tryPut(T item) {
        return insert(item, Place.ANY);
    }

    private boolean waitsForSlot(Turn self) {
        var now = lock();
        try {
            var waits = !shutDown && !isFree(Place.IN_TURN);
            if (waits) {
                putters.add(self);
            }
            return waits;
        } finally {
            word = now;
        }
    }

    void endPut(Turn self, T item) {
        try {
            insert(item, Place.GRANTED);
        } catch (Throwable e) {
            withdraw(self);
            throw e;
        }
    }

    /** @return false if there is no such place */
    private boolean insert(T item, Place place) {
        for (; ; ) {
            var plan = buffer.planAdd(item);
            boolean isOver;
            boolean isFree;
            var added = false;
            WaitNode.Rousing roused;
            var now = lock();
            try {
                isOver = shutDown;
                isFree = !isOver && isFree(place);
                if (isFree && buffer.add(plan)) {
                    added = true;
                    unfinished++;
                    if (place == Place.GRANTED) {
                        fillers.remove();
                    }
                }
                now = serve(now);
                roused = takeRoused();
            } finally {
                word = now;
            }
            unpark(roused);
            if (isOver) {
                throw new QueueShutDownException();
            }
            if (added || !isFree) {
                return added;
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
            var self = beginTake();
            if (self != null) {
                await(self);
                return endTake(self);
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

    /** Waits, if there is nothing to take. @return who waits, for an item that {@link #endTake} takes then, or null */
    @Nullable
    Turn beginTake() {
        var self = new Turn(getters);
        var now = lock();
        try {
            var waits = buffer.size() <= promisedItems && !(shutDown && buffer.size() == 0);
            if (waits) {
                getters.add(self);
            }
            return waits ? self : null;
        } finally {
            word = now;
        }
    }

    @Nullable
    T endTake(Turn self) {
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
            var isThere = false;
            T item = null;
            WaitNode.Rousing roused;
            var now = lock();
            try {
                isThere = buffer.size() > (promised ? 0 : promisedItems);
                if (isThere) {
                    item = buffer.remove(plan);
                    promisedItems -= promised && item != null ? 1 : 0;
                }
                now = serve(now);
                roused = takeRoused();
            } finally {
                word = now;
            }
            unpark(roused);
            if (item != null || !isThere) {
                return item;
            }
        }
    }

    /** Whether no item is there and none will come. */
    boolean isExhausted() {
        var now = lock();
        try {
            return shutDown && buffer.size() == 0;
        } finally {
            word = now;
        }
    }

    void taskDone() {
        boolean tooOften;
        WaitNode.Rousing roused;
        var now = lock();
        try {
            tooOften = unfinished == 0;
            if (!tooOften) {
                unfinished--;
            }
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        if (tooOften) {
            throw new IllegalStateException("taskDone was called more often than items were put");
        }
    }

    void join() throws InterruptedException {
        checkpoint();
        var self = new Turn(joiners);
        WaitNode.Rousing roused;
        var now = lock();
        try {
            joiners.add(self);
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        await(self);
    }

    void shutdown() {
        WaitNode.Rousing roused;
        var now = lock();
        try {
            shutDown = true;
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
    }

    List<T> shutdownNow() {
        Supplier<List<T>> dropped;
        WaitNode.Rousing roused;
        var now = lock();
        try {
            var left = Math.max(0, unfinished - buffer.size());
            dropped = buffer.clear(); // first: it may find no memory
            unfinished = left;
            shutDown = true;
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
        return dropped.get();
    }

    Queue.Snapshot snapshot() {
        var now = lock();
        try {
            return new Queue.Snapshot(
                    maxSize,
                    buffer.size(),
                    unfinished,
                    shutDown,
                    getters.size(),
                    getters.names(),
                    putters.size(),
                    putters.names(),
                    joiners.size());
        } finally {
            word = now;
        }
    }

    int size() {
        var now = lock();
        try {
            return buffer.size();
        } finally {
            word = now;
        }
    }

    int maxSize() {
        return maxSize;
    }

    private boolean isFree(Place place) {
        return switch (place) {
            case GRANTED -> true;
            case IN_TURN -> fillers.isEmpty() && hasFreeSlot();
            case ANY -> hasFreeSlot();
        };
    }

    /** Whether there is a slot that nobody who waits will fill. */
    private boolean hasFreeSlot() {
        return maxSize <= 0 || buffer.size() + fillers.size() < maxSize;
    }

    @Override
    long takeBack(long now, WaitNode node) {
        promisedItems -= ((Turn) node).kind == getters ? 1 : 0;
        return now;
    }

    @Override
    long serve(long now) {
        while (!getters.isEmpty() && buffer.size() > promisedItems) {
            promisedItems++;
            end(getters.remove(), WaitNode.End.GRANTED);
        }
        if (!putters.isEmpty() || !fillers.isEmpty()) {
            servePutters();
        }
        if (shutDown) {
            if (buffer.size() == 0) {
                endAll(getters, WaitNode.End.REFUSED);
            }
        }
        if (unfinished == 0) {
            endAll(joiners, WaitNode.End.GRANTED);
        }
        return now;
    }

    private void servePutters() {
        if (shutDown) {
            endAll(fillers, WaitNode.End.REFUSED);
            endAll(putters, WaitNode.End.REFUSED);
            return;
        }
        while (!putters.isEmpty() && hasFreeSlot()) {
            var node = putters.remove();
            fillers.add(node);
            if (node != fillers.peek()) {
                rouse(((Turn) node).approaching);
            }
        }
        var first = fillers.peek();
        if (first != null && !first.isReady()) {
            end(first, WaitNode.End.GRANTED);
        }
    }
}
