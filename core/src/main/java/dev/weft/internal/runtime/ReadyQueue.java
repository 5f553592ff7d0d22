package dev.weft.internal.runtime;

import org.jspecify.annotations.Nullable;

/**
 * First in, first out, in a ring that grows before something is put in: an {@link java.util.ArrayDeque} grows
 * afterwards, and has lost all that was in it if there is no memory for that. Not thread-safe.
 */
final class ReadyQueue {

    private static final int INITIAL = Sizes.of(16, 1);

    /** As many as a power of two. */
    private @Nullable Object[] ring = new Object[INITIAL];

    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Waits for memory, if need be. */
    void add(Object entry) {
        if (size == ring.length) {
            Memory.insistOn(this, ReadyQueue::grow);
        }
        ring[index(size)] = entry;
        size++;
    }

    /** Waits for memory, if need be. */
    void addFirst(Object entry) {
        if (size == ring.length) {
            Memory.insistOn(this, ReadyQueue::grow);
        }
        first = index(ring.length - 1);
        ring[first] = entry;
        size++;
    }

    @Nullable
    Object peek() {
        return size == 0 ? null : ring[first];
    }

    Object remove() {
        var entry = ring[first];
        if (entry == null) {
            throw new IllegalStateException("nothing is ready");
        }
        ring[first] = null;
        first = index(1);
        size--;
        return entry;
    }

    private int index(int place) {
        return (first + place) & (ring.length - 1);
    }

    private void grow() {
        var larger = new @Nullable Object[2 * ring.length];
        for (var i = 0; i < size; i++) {
            larger[i] = ring[index(i)];
        }
        ring = larger;
        first = 0;
    }
}
