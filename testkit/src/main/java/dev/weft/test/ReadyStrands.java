package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those that are ready, in the order of becoming so. Each operation takes a time that grows with the logarithm of their
 * number: a seeded order may choose anybody among many.
 *
 * <p>A strand that comes is given the next of a row of slots; a Fenwick tree counts those that are taken. When the row
 * is full, the gaps in it are closed.
 */
final class ReadyStrands {

    private static final int FIRST_CAPACITY = 16;

    private @Nullable Entry[] slots = new @Nullable Entry[FIRST_CAPACITY];

    /** Element i counts the slots before i, of which as many as the lowest bit that is set in i. */
    private int[] counts = new int[FIRST_CAPACITY + 1];

    private int end;
    private int size;

    /** One that is ready. */
    static final class Entry {
        final Strand strand;

        /** For an order's use. */
        double priority;

        private int slot;

        private Entry(Strand strand, int slot) {
            this.strand = strand;
            this.slot = slot;
        }

        /** Whether this one has been ready for longer than {@code other}. */
        boolean isBefore(Entry other) {
            return slot < other.slot;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** {@code strand} has become ready: it comes behind all others. */
    Entry add(Strand strand) {
        if (end == slots.length) {
            closeGaps();
        }
        var entry = new Entry(strand, end++);
        slots[entry.slot] = entry;
        count(entry.slot, 1);
        size++;
        return entry;
    }

    /** How many have been ready for longer. */
    int place(Entry entry) {
        var before = 0;
        for (var i = entry.slot; i > 0; i -= Integer.lowestOneBit(i)) {
            before += counts[i];
        }
        return before;
    }

    /** The one before which there are {@code place} others. */
    Entry at(int place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException("place " + place + " of " + size);
        }
        var slot = 0;
        var left = place;
        for (var step = slots.length; step > 0; step >>= 1) {
            if (slot + step <= slots.length && counts[slot + step] <= left) {
                slot += step;
                left -= counts[slot];
            }
        }
        var entry = slots[slot];
        if (entry == null) {
            throw new AssertionError("nobody at place " + place + " of " + size);
        }
        return entry;
    }

    /** It is ready no more. */
    void remove(Entry entry) {
        slots[entry.slot] = null;
        count(entry.slot, -1);
        size--;
    }

    private void count(int slot, int difference) {
        for (var i = slot + 1; i < counts.length; i += Integer.lowestOneBit(i)) {
            counts[i] += difference;
        }
    }

    private void closeGaps() {
        var old = slots;
        if (size > old.length / 2) {
            slots = new @Nullable Entry[2 * old.length];
            counts = new int[2 * old.length + 1];
        } else {
            slots = new @Nullable Entry[old.length];
            Arrays.fill(counts, 0);
        }
        end = 0;
        for (var entry : old) {
            if (entry != null) {
                entry.slot = end++;
                slots[entry.slot] = entry;
                count(entry.slot, 1);
            }
        }
    }
}
