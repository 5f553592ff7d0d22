package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.Strand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The strands of a simulation that were started and have not ended, with how often each has waited. In turn only. */
final class LiveStrands {

    private final Names names;
    private final Map<Strand, Integer> ordinals = new LinkedHashMap<>();
    private final ArrayList<Integer> waits = new ArrayList<>();
    private final Set<Object> background = Collections.newSetFromMap(new IdentityHashMap<>());
    private int tasks;

    LiveStrands(Names names) {
        this.names = names;
    }

    /** Adds {@code strand}, unless it is known. @return its place in the order of creation, from 1 on */
    int add(Strand strand) {
        return ordinals.computeIfAbsent(strand, s -> {
            var ordinal = names.ordinal(s);
            waits.add(0);
            if (s instanceof Task<?>) {
                tasks++;
            }
            return ordinal;
        });
    }

    void remove(Strand strand) {
        if (ordinals.remove(strand) != null && strand instanceof Task<?>) {
            tasks--;
        }
    }

    boolean hasTasks() {
        return tasks > 0;
    }

    /** Counts one more wait of the strand of this ordinal, and returns how many those are. */
    int countWait(int ordinal) {
        var count = waits.get(ordinal - 1) + 1;
        waits.set(ordinal - 1, count);
        return count;
    }

    /** How often each strand has waited, also those that have ended, by the order of creation. */
    List<Integer> waits() {
        return waits;
    }

    List<Strand> all() {
        return List.copyOf(ordinals.keySet());
    }

    /** {@code task} may live when main ends. */
    void background(Task<?> task) {
        background.add(task);
    }

    /** Tasks that have not ended, but for {@code main}, background tasks and their children. */
    List<Task<?>> leftovers(Task<?> main) {
        var leftovers = new ArrayList<Task<?>>();
        for (var strand : ordinals.keySet()) {
            if (strand instanceof Task<?> task && task != main && !task.isDone() && !isInBackground(strand)) {
                leftovers.add(task);
            }
        }
        return leftovers;
    }

    private boolean isInBackground(Strand strand) {
        for (var each = strand; each != null; each = each.parent()) {
            if (background.contains(each)) {
                return true;
            }
        }
        return false;
    }
}
