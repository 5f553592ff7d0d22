package dev.weft.diagnostics;

import java.time.Instant;
import java.util.List;

/**
 * Everything that ran in this process when the dump was taken: every run, every open structured call with the thread it
 * stands on, and every task. Taken while everything goes on, so that entries may differ in age by as long as the taking
 * lasted.
 *
 * @param takenAt when the taking began
 * @param pid the process
 * @param entries parents before their children, and the children of one parent in the order in which they were made
 * @param awaitCycles the entries, by {@link Entry#id()}, that wait for each other in a circle: none of those goes on
 *     unless one is cancelled, or a time limit comes
 */
public record TaskDump(Instant takenAt, long pid, List<Entry> entries, List<List<Long>> awaitCycles) {

    /** Copies the lists. */
    public TaskDump {
        entries = List.copyOf(entries);
        awaitCycles = awaitCycles.stream().map(List::copyOf).toList();
    }

    /**
     * JSON, on one line, in the shape that {@code docs/dump.md} tells.
     *
     * @return an object, without a line end
     */
    public String toJson() {
        return JsonText.of(this);
    }

    /** A tree for people: circles of waits first, then an entry a line with its frames, and at the end the counts. */
    @Override
    public String toString() {
        return TreeText.of(this);
    }
}
