package dev.weft.internal.run;

import dev.weft.Problem;
import dev.weft.Task;
import dev.weft.internal.scope.LiveTasks;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.TaskImpl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tasks that keep a run from ending.
 *
 * @param tasks all that had not ended when it was looked
 */
record UnfinishedTasks(List<Task<?>> tasks) {

    /** With their stacks; more of them are only counted. */
    private static final int MAX_SHOWN = 20;

    static UnfinishedTasks of(RunScope run) {
        return new UnfinishedTasks(List.copyOf(run.allTasks()));
    }

    /** Those that are in {@code live}, and all in calls of theirs, that have not ended. */
    static Set<Task<?>> allOf(LiveTasks live) {
        var tasks = new LinkedHashSet<Task<?>>();
        live.forEach(task -> addWithChildren(task, tasks));
        return tasks;
    }

    private static void addWithChildren(TaskImpl<?> task, Set<Task<?>> tasks) {
        var open = new ArrayDeque<TaskImpl<?>>();
        open.push(task);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (!next.hasEnded() && tasks.add(next)) {
                next.forEachChild(open::push);
            }
        }
    }

    /** Reports each that is shown as left behind, with its stack. */
    void report(Problems problems, String why) {
        for (var task : shown()) {
            problems.report(
                    Problem.Kind.LEFT_BEHIND, "task '" + task.name() + "' still runs: " + why, task, where(task));
        }
    }

    /** The first of them, of which there is more to tell. */
    List<Task<?>> shown() {
        return tasks.subList(0, Math.min(tasks.size(), MAX_SHOWN));
    }

    List<String> names() {
        var names = new ArrayList<String>();
        tasks.forEach(task -> names.add(task.name()));
        return names;
    }

    /** As in {@code 2 tasks still run: 'main', 'Task-7'}. */
    String title() {
        if (tasks.isEmpty()) {
            return "callbacks of its tasks still run";
        }
        var title = new StringBuilder();
        title.append(tasks.size()).append(tasks.size() == 1 ? " task still runs: " : " tasks still run: ");
        for (var task : shown()) {
            title.append(task == shown().getFirst() ? "'" : ", '")
                    .append(task.name())
                    .append('\'');
        }
        if (tasks.size() > MAX_SHOWN) {
            title.append(", and ").append(tasks.size() - MAX_SHOWN).append(" more");
        }
        return title.toString();
    }

    /** An exception whose stack trace is where {@code task} is now. */
    static Throwable where(Task<?> task) {
        var where = new Throwable("where task '" + task.name() + "' is now");
        where.setStackTrace(task.stackTrace(Integer.MAX_VALUE).toArray(StackTraceElement[]::new));
        return where;
    }

    /** The task and its stack, one line for each frame. */
    String text() {
        var text = new StringBuilder(title());
        for (var task : shown()) {
            text.append(System.lineSeparator())
                    .append("  task '")
                    .append(task.name())
                    .append('\'');
            for (var frame : task.stackTrace(Integer.MAX_VALUE)) {
                text.append(System.lineSeparator()).append("      at ").append(frame);
            }
        }
        return text.toString();
    }
}
