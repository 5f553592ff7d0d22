package dev.weft.cli;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs and threads, the calls that stand on them, and the tasks of those: each below what owns it, in the order of
 * making.
 */
final class TaskTree {

    private final Map<Long, List<Entry>> children = new HashMap<>();
    private final Style style;

    private TaskTree(TaskDump dump, Style style) {
        this.style = style;
        var ids = TaskText.byId(dump).keySet();
        for (var entry : dump.entries()) {
            // a parent that has ended while the dump was taken may be missing
            var parent = ids.contains(entry.parent()) ? entry.parent() : 0L;
            children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entry);
        }
    }

    /** What is still to be printed, and what stands before it. */
    private record Branch(Entry entry, String before, boolean last, boolean top) {}

    /** A line for each, and one for each frame. */
    static List<String> lines(TaskDump dump, Style style) {
        return new TaskTree(dump, style).lines();
    }

    /** Not by recursion: tasks may be nested deeper than a stack is. */
    private List<String> lines() {
        var lines = new ArrayList<String>();
        var waiting = new ArrayDeque<Branch>();
        push(waiting, 0, "", true);
        while (!waiting.isEmpty()) {
            var branch = waiting.pop();
            var entry = branch.entry;
            var below = branch.before + (branch.top ? "" : branch.last ? "   " : "│  ");
            lines.add(branch.before + (branch.top ? "" : branch.last ? "└─ " : "├─ ") + text(entry));
            var bar = children.containsKey(entry.id()) ? "│  " : "   ";
            entry.frames().forEach(frame -> lines.add(below + bar + style.faint("at " + Style.harmless(frame))));
            push(waiting, entry.id(), below, false);
        }
        return lines;
    }

    private void push(ArrayDeque<Branch> waiting, long parent, String before, boolean top) {
        // taken away, so that even a dump that contradicts itself ends
        var list = children.remove(parent);
        if (list != null) {
            for (var i = list.size() - 1; i >= 0; i--) {
                waiting.push(new Branch(list.get(i), before, i == list.size() - 1, top));
            }
        }
    }

    private String text(Entry entry) {
        var remarks = TaskText.remarks(entry);
        var line = TaskText.named(entry) + " " + TaskText.state(entry.state())
                + (entry.age() == null ? "" : " " + TaskText.age(entry.age()))
                + (remarks.isEmpty() ? "" : ", " + remarks);
        return TaskWarnings.ignoresCancellation(entry) ? style.alarming(line) : line;
    }
}
