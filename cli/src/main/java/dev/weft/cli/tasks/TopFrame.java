package dev.weft.cli.tasks;

import dev.weft.cli.console.Style;
import dev.weft.cli.text.DurationText;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One picture of {@code weft top}. */
public final class TopFrame {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private TopFrame() {}

    /**
     * The counts, what looks wrong, and the tasks that wait for longest.
     *
     * @param before the look before this one; null at the first
     * @param rows how many lines it may take
     */
    public static List<String> lines(TaskDump dump, @Nullable TaskDump before, int rows, ZoneId zone, Style style) {
        var tasks = TaskText.tasks(dump);
        var runs = (int) dump.entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.RUN)
                .count();
        var lines = new ArrayList<String>();
        lines.add("weft top - process " + dump.pid() + " at "
                + CLOCK.format(dump.takenAt().atZone(zone)) + ", " + TaskText.number(runs, "run"));
        lines.add(TaskText.counts(tasks) + since(dump, before));
        TaskWarnings.cycles(dump).forEach(cycle -> lines.add(style.red(cycle)));
        TaskWarnings.others(dump).forEach(warning -> lines.add(style.red(warning)));
        lines.add("");
        var longest = tasks.stream()
                .filter(task -> task.state() == Entry.State.WAITING || task.cancellation() != null)
                .sorted(TaskTable.OLDEST_FIRST)
                .limit(Math.max(0, rows - lines.size() - 1))
                .toList();
        lines.addAll(TaskTable.lines(longest, style));
        return lines.size() > rows ? lines.subList(0, rows) : lines;
    }

    /** A task that began and ended between two looks was never seen, and is not counted. */
    private static String since(TaskDump dump, @Nullable TaskDump before) {
        if (before == null) {
            return "";
        }
        var then = ids(before);
        var now = ids(dump);
        var started = now.stream().filter(id -> !then.contains(id)).count();
        var ended = then.stream().filter(id -> !now.contains(id)).count();
        var elapsed = Duration.between(before.takenAt(), dump.takenAt());
        return "; " + started + " new and " + ended + " gone within " + DurationText.rough(elapsed);
    }

    private static Set<Long> ids(TaskDump dump) {
        return TaskText.tasks(dump).stream().map(Entry::id).collect(Collectors.toCollection(HashSet::new));
    }
}
