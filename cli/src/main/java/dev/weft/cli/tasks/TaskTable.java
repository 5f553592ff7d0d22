package dev.weft.cli.tasks;

import dev.weft.cli.console.Style;
import dev.weft.cli.text.Columns;
import dev.weft.cli.text.Shown;
import dev.weft.diagnostics.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tasks, one a line, the oldest first: what hangs has been there for long. */
public final class TaskTable {

    private static final int MAX_NAME = 32;

    /** The oldest first, and those of unknown age last. */
    public static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing(
                    (Entry entry) -> entry.age() == null ? Duration.ofNanos(-1) : entry.age(),
                    Comparator.reverseOrder())
            .thenComparingLong(Entry::id);

    private TaskTable() {}

    /** A heading and a line for each, in the given order; frames below their task. */
    public static List<String> lines(List<Entry> tasks, Style style) {
        var width = tasks.stream()
                .mapToInt(task -> Columns.of(Shown.harmless(task.name())))
                .filter(columns -> columns <= MAX_NAME)
                .max()
                .orElse(4);
        var lines = new ArrayList<String>();
        lines.add(style.faint(row("ID", "STATE", "AGE", "NAME")));
        for (var task : tasks) {
            var remarks = TaskText.remarks(task);
            var name = Shown.harmless(task.name());
            var line = row(
                    String.valueOf(task.id()),
                    TaskText.state(task.state()),
                    TaskText.age(task.age()),
                    remarks.isEmpty() ? name : Columns.padded(name, Math.max(4, width)) + "  " + remarks);
            lines.add(TaskWarnings.ignoresCancellation(task) ? style.red(line) : line);
            task.frames().forEach(frame -> lines.add(style.faint("              at " + Shown.harmless(frame))));
        }
        return lines;
    }

    private static String row(String id, String state, String age, String rest) {
        return String.format(Locale.ROOT, "%8s  %-11s  %8s  %s", id, state, age, rest);
    }
}
