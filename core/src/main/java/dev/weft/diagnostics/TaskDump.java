package dev.weft.diagnostics;

import java.time.Instant;
import java.util.List;

/**
 * What ran in this process when it was taken: every run, every open structured call with the thread it stands on, and
 * every task. Taken while everything goes on, so that entries may differ in age by as long as the taking lasted.
 *
 * @param takenAt when the taking began
 * @param pid the process
 * @param entries parents before their children, and the children of one parent in the order in which they were made
 * @param awaitCycles the entries, by {@link Entry#id()}, that wait for each other in a circle: none of those ever ends
 */
public record TaskDump(Instant takenAt, long pid, List<Entry> entries, List<List<Long>> awaitCycles) {

    public TaskDump {
        entries = List.copyOf(entries);
        awaitCycles = awaitCycles.stream().map(List::copyOf).toList();
    }
}
