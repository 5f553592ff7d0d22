package dev.weft.test;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All schedules of a program, those with the fewest detours from first come, first served before the others (delay
 * bounding, Emmi and others, 2011). Each has the detours of one before and another one after them, so that none comes
 * twice.
 */
final class Exhaustion {

    private final ArrayDeque<SortedMap<Integer, Integer>> waiting = new ArrayDeque<>();
    private int left;
    private boolean complete = true;

    /** @param atMost how many there may be */
    Exhaustion(int atMost) {
        left = atMost;
        waiting.add(new TreeMap<>());
    }

    /** Whether there is another one. */
    boolean hasNext() {
        return !waiting.isEmpty();
    }

    /** The next one. */
    SortedMap<Integer, Integer> next() {
        left--;
        return waiting.remove();
    }

    /**
     * A schedule has been run.
     *
     * @param alternatives of how many one was chosen, by choices
     */
    void add(SortedMap<Integer, Integer> detours, List<Integer> alternatives) {
        var first = detours.isEmpty() ? 0 : detours.lastKey() + 1;
        for (var choice = first; choice < alternatives.size(); choice++) {
            for (var place = 1; place < alternatives.get(choice); place++) {
                if (waiting.size() >= left) {
                    complete = false;
                    return;
                }
                var more = new TreeMap<>(detours);
                more.put(choice, place);
                waiting.add(more);
            }
        }
    }

    /** Whether none was left out. */
    boolean isComplete() {
        return complete && waiting.isEmpty();
    }
}
