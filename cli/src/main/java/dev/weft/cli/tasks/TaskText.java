package dev.weft.cli.tasks;

import dev.weft.cli.text.DurationText;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Descriptions of an entry of a dump, all harmless to a terminal. */
public final class TaskText {

    private TaskText() {}

    /** As in {@code not started}. */
    static String state(Entry.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** As in {@code 3.2s}, or {@code -} if nobody knows. */
    static String age(@Nullable Duration age) {
        return age == null ? "-" : DurationText.rough(age);
    }

    /** The target of its wait, its deadline, the reason of its cancellation; empty if there are none. */
    static String remarks(Entry entry) {
        var remarks = new StringJoiner("; ");
        if (entry.waitingFor() != null) {
            remarks.add("waits for " + entry.waitingFor());
        }
        var deadline = entry.deadline();
        if (deadline != null) {
            var left = deadline.remaining();
            remarks.add((left.isNegative()
                            ? "deadline passed " + DurationText.rough(left.negated()) + " ago"
                            : "deadline in " + DurationText.rough(left))
                    + (deadline.owner().isEmpty() ? "" : " (" + deadline.owner() + ")"));
        }
        if (entry.cancellation() != null) {
            remarks.add(cancellation(entry.cancellation()));
        }
        if (entry.createdAt() != null) {
            remarks.add("made at " + entry.createdAt());
        }
        return Shown.harmless(remarks.toString());
    }

    private static String cancellation(Entry.Stop stop) {
        return "cancelled"
                + (stop.count() > 1 ? " " + stop.count() + " times" : "")
                + (stop.since() == null ? "" : " " + DurationText.rough(stop.since()) + " ago")
                + (stop.by() == null ? "" : " by " + stop.by())
                + (stop.reason().isEmpty() ? "" : ": " + stop.reason());
    }

    /** As in {@code 10002 tasks: 10000 waiting, 2 running}. */
    public static String counts(List<Entry> tasks) {
        var counts = tasks.stream().collect(Collectors.groupingBy(Entry::state, Collectors.counting()));
        var text = new StringJoiner(", ");
        for (var state : Entry.State.values()) {
            if (counts.containsKey(state)) {
                text.add(counts.get(state) + " " + state(state));
            }
        }
        return number(tasks.size(), "task") + (tasks.isEmpty() ? "" : ": " + text);
    }

    /** As in {@code 1 run}, {@code 2 runs}. */
    static String number(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }

    /** The tasks alone, without what they stand in. */
    public static List<Entry> tasks(TaskDump dump) {
        return dump.entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.TASK)
                .toList();
    }

    static Map<Long, Entry> byId(TaskDump dump) {
        return dump.entries().stream().collect(Collectors.toMap(Entry::id, Function.identity(), (first, _) -> first));
    }

    /** As in {@code task 7 'fetch'}. */
    static String named(Entry entry) {
        return entry.kind().name().toLowerCase(Locale.ROOT) + " " + entry.id() + " '" + Shown.harmless(entry.name())
                + "'";
    }
}
