package dev.weft.cli.tasks;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Likely faults in a dump: lines that each name the tasks and the fault. */
public final class TaskWarnings {

    /** A task may need some time for its clean-up, a group's body for what it does alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** More of a kind are only counted. */
    private static final int SHOWN = 5;

    private TaskWarnings() {}

    /** The circles of tasks that wait for each other, each with its path. */
    public static List<String> cycles(TaskDump dump) {
        var byId = TaskText.byId(dump);
        return dump.awaitCycles().stream()
                .filter(cycle -> !cycle.isEmpty())
                .map(cycle -> {
                    var path = new ArrayList<>(cycle);
                    path.add(cycle.getFirst());
                    return "await cycle, in which none goes on unless one is cancelled: "
                            + path.stream()
                                    .map(id -> byId.containsKey(id) ? TaskText.named(byId.get(id)) : "task " + id)
                                    .collect(Collectors.joining(" -> "));
                })
                .toList();
    }

    /** Waits that are not wrong for sure, but last. */
    public static List<String> others(TaskDump dump) {
        var warnings = new ArrayList<String>();
        add(
                warnings,
                dump.entries().stream()
                        .filter(TaskWarnings::ignoresCancellation)
                        .toList(),
                "was cancelled and still runs");
        var parents = new HashSet<Long>();
        dump.entries().forEach(entry -> parents.add(entry.parent()));
        var busy = busy(dump, parents);
        add(
                warnings,
                dump.entries().stream()
                        .filter(entry -> entry.kind() == Entry.Kind.CALL && !parents.contains(entry.id()))
                        .filter(entry -> isLonger(entry.age()))
                        .filter(entry -> entry.id() >= busy.getOrDefault(entry.parent(), Long.MIN_VALUE))
                        .toList(),
                "is open, and all its tasks have ended");
        return warnings;
    }

    /**
     * For each that has opened calls: the number below which a call's owner is within its block, as it waits for
     * something else, or for tasks of an inner call.
     */
    private static Map<Long, Long> busy(TaskDump dump, Set<Long> parents) {
        var busy = new HashMap<Long, Long>();
        for (var entry : dump.entries()) {
            if (entry.waitingFor() != null) {
                busy.put(entry.id(), Long.MAX_VALUE);
            }
            if (entry.kind() == Entry.Kind.CALL && parents.contains(entry.id())) {
                busy.merge(entry.parent(), entry.id(), Math::max);
            }
        }
        return busy;
    }

    /** Asked to stop for longer than a clean-up should take. */
    static boolean ignoresCancellation(Entry entry) {
        var stop = entry.cancellation();
        return stop != null && entry.state() != Entry.State.ENDED && isLonger(stop.since());
    }

    private static boolean isLonger(@org.jspecify.annotations.Nullable Duration duration) {
        return duration != null && duration.compareTo(PATIENCE) >= 0;
    }

    private static void add(List<String> warnings, List<Entry> entries, String what) {
        entries.stream().limit(SHOWN).forEach(entry -> {
            var remarks = TaskText.remarks(entry);
            warnings.add(TaskText.named(entry) + " " + what + (remarks.isEmpty() ? "" : " (" + remarks + ")"));
        });
        if (entries.size() > SHOWN) {
            warnings.add("... and " + (entries.size() - SHOWN) + " more: " + what);
        }
    }
}
