package dev.weft.internal.run;

import dev.weft.Task;
import java.util.ArrayList;
import java.util.List;

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

    /** Who and where, one line for each frame. */
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
