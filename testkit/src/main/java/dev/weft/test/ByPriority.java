package dev.weft.test;

import dev.weft.test.ReadyStrands.Entry;
import java.util.PriorityQueue;

/** Those that are ready, the highest priority first; of equal ones, who has been ready longest. */
final class ByPriority {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(ByPriority::compare);

    private static int compare(Entry a, Entry b) {
        var higher = Double.compare(b.priority, a.priority);
        return higher != 0 ? higher : a == b ? 0 : a.isBefore(b) ? -1 : 1;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Takes the first out. There must be one. */
    Entry remove() {
        return entries.remove();
    }
}
