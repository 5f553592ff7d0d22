package dev.weft.diagnostics;

import dev.weft.diagnostics.Entry.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dump as a tree, for people: an entry a line, and under it the frames of its stack. */
final class TreeText {

    private static final int MAX_NAME = 80;
    private static final int MAX_TEXT = 120;

    /** Deeper entries are not indented further: the text of calls that go on and on must have room. */
    private static final int MAX_DEPTH = 100;

    private final StringBuilder text = new StringBuilder();
    private final TaskDump dump;
    private final Map<Long, Entry> byId = new HashMap<>();
    private final Map<Long, Integer> childrenLeft = new HashMap<>();

    private TreeText(TaskDump dump) {
        this.dump = dump;
    }

    static String of(TaskDump dump) {
        var tree = new TreeText(dump);
        tree.append();
        return tree.text.toString();
    }

    private void append() {
        for (var entry : dump.entries()) {
            byId.put(entry.id(), entry);
            childrenLeft.merge(entry.parent(), 1, Integer::sum);
        }
        text.append("Weft dump of process ")
                .append(dump.pid())
                .append(" at ")
                .append(dump.takenAt())
                .append('\n');
        appendCycles();
        appendEntries();
        appendCounts();
    }

    private void appendCycles() {
        if (dump.awaitCycles().isEmpty()) {
            return;
        }
        text.append("ERROR: these wait for each other in a circle, and none will go on unless one is cancelled:\n");
        for (var cycle : dump.awaitCycles()) {
            text.append("  ");
            for (var id : cycle) {
                text.append(describe(id)).append(" -> ");
            }
            text.append(describe(cycle.getFirst())).append('\n');
        }
    }

    private String describe(long id) {
        var entry = byId.get(id);
        return entry == null ? "#" + id : kind(entry) + name(entry);
    }

    // ---- the tree

    /** The beginnings of the lines of an entry, and of those below it. */
    private record Indent(int depth, String own, String below) {

        static final Indent NONE = new Indent(0, "", "");

        Indent next(boolean isLast) {
            return depth < MAX_DEPTH
                    ? new Indent(depth + 1, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "))
                    : new Indent(depth + 1, below + "… depth " + (depth + 1) + ": ", below);
        }
    }

    private void appendEntries() {
        var indents = new HashMap<Long, Indent>();
        for (var entry : dump.entries()) {
            var above = indents.get(entry.parent());
            var isLast = childrenLeft.merge(entry.parent(), -1, Integer::sum) == 0;
            var indent = above == null ? Indent.NONE : above.next(isLast);
            var hasChildren = childrenLeft.getOrDefault(entry.id(), 0) > 0;
            if (hasChildren) {
                indents.put(entry.id(), indent);
            }
            appendEntry(entry, indent, hasChildren);
        }
    }

    private void appendEntry(Entry entry, Indent indent, boolean hasChildren) {
        text.append(indent.own).append(kind(entry)).append(name(entry));
        appendState(entry);
        var age = entry.age();
        if (age != null) {
            text.append(", ").append(duration(age)).append(" old");
        }
        appendDeadline(entry.deadline());
        appendCancellation(entry.cancellation());
        var createdAt = entry.createdAt();
        if (createdAt != null) {
            text.append(", created at ").append(line(createdAt, MAX_TEXT));
        }
        text.append('\n');
        for (var frame : entry.frames()) {
            text.append(indent.below)
                    .append(hasChildren ? "│    at " : "     at ")
                    .append(line(frame, 2 * MAX_TEXT))
                    .append('\n');
        }
    }

    private void appendState(Entry entry) {
        var waitingFor = entry.waitingFor();
        if (entry.state() != State.WAITING) {
            text.append(": ")
                    .append(entry.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        } else {
            text.append(": waiting");
            if (waitingFor != null) {
                text.append(" for ").append(line(waitingFor, MAX_TEXT));
            }
        }
        if (entry.awaitedBy().size() > 1) {
            text.append(", awaited by ").append(entry.awaitedBy().size());
        }
    }

    private void appendDeadline(Entry.@Nullable Limit deadline) {
        if (deadline == null) {
            return;
        }
        text.append(", ").append(line(deadline.owner(), MAX_TEXT));
        if (deadline.remaining().isNegative()) {
            text.append(" has passed ")
                    .append(duration(deadline.remaining().negated()))
                    .append(" ago");
        } else {
            text.append(" in ").append(duration(deadline.remaining()));
        }
    }

    private void appendCancellation(Entry.@Nullable Stop stop) {
        if (stop == null) {
            return;
        }
        text.append(", cancelled");
        if (stop.count() > 1) {
            text.append(' ').append(stop.count()).append(" times");
        }
        var by = stop.by();
        if (by != null) {
            text.append(" by ").append(line(by, MAX_TEXT));
        }
        text.append(" (").append(line(stop.reason(), MAX_TEXT)).append(')');
        var since = stop.since();
        if (since != null) {
            text.append(' ').append(duration(since)).append(" ago");
        }
    }

    private void appendCounts() {
        text.append(count("run", Entry.Kind.RUN))
                .append(", ")
                .append(count("thread", Entry.Kind.THREAD))
                .append(", ")
                .append(count("call", Entry.Kind.CALL))
                .append(", ")
                .append(count("task", Entry.Kind.TASK));
        var tasks = dump.entries().stream()
                .filter(entry -> entry.kind() == Entry.Kind.TASK)
                .toList();
        if (!tasks.isEmpty()) {
            text.append(" (")
                    .append(count(tasks, State.RUNNING))
                    .append(" running, ")
                    .append(count(tasks, State.WAITING))
                    .append(" waiting, ")
                    .append(count(tasks, State.NOT_STARTED))
                    .append(" not started)");
        }
        text.append('\n');
    }

    private String count(String what, Entry.Kind kind) {
        var count =
                dump.entries().stream().filter(entry -> entry.kind() == kind).count();
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static long count(List<Entry> tasks, State state) {
        return tasks.stream().filter(task -> task.state() == state).count();
    }

    // ---- parts of a line

    private static String kind(Entry entry) {
        return switch (entry.kind()) {
            case RUN, CALL -> "";
            case THREAD -> "thread ";
            case TASK -> "task ";
        };
    }

    private static String name(Entry entry) {
        var name = line(entry.name(), MAX_NAME);
        return switch (entry.kind()) {
            case RUN, CALL -> name;
            case THREAD, TASK -> "'" + name + "'";
        };
    }

    /** As in {@code 250 µs}, {@code 1.5 s}, {@code 3 min 20 s}. */
    static String duration(Duration duration) {
        var nanos = duration.toSeconds() > 1_000_000 ? Long.MAX_VALUE : duration.toNanos();
        if (nanos < 1_000_000) {
            return nanos / 1_000 + " µs";
        }
        if (nanos < 1_000_000_000) {
            return nanos / 1_000_000 + " ms";
        }
        if (nanos < 60_000_000_000L) {
            return nanos / 1_000_000_000 + "." + nanos / 100_000_000 % 10 + " s";
        }
        var days = duration.toDays();
        if (days > 0) {
            return days + " d " + duration.toHoursPart() + " h";
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** On one line, and not too long. */
    static String line(String raw, int max) {
        var line = new StringBuilder();
        for (var i = 0; i < raw.length(); ) {
            if (line.length() >= max) {
                return line.append('…').toString();
            }
            var point = raw.codePointAt(i);
            i += Character.charCount(point);
            if (isPrintable(point)) {
                line.appendCodePoint(point);
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        }
        return line.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
