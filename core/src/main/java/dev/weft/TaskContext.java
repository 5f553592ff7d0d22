package dev.weft;

import dev.weft.internal.task.StructuredStrand;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The task-local values of a task, as an object: to be inspected, or given to a new task with
 * {@link TaskOptions#context}.
 *
 * <p>Thread-safe.
 */
public final class TaskContext {

    /** Never changed, only replaced: copies are free. Contexts are small. */
    private volatile Map<TaskLocal<?>, Object> values;

    private TaskContext(Map<TaskLocal<?>, Object> values) {
        this.values = values;
    }

    /**
     * A context without values.
     *
     * @return a new context, to be given to {@link TaskOptions#context}
     */
    public static TaskContext empty() {
        return new TaskContext(Map.of());
    }

    /**
     * A copy of the calling task's context.
     *
     * @return a new context; later changes of the task do not show in it, nor does a change of it in the task
     */
    public static TaskContext current() {
        var context = StructuredStrand.current().context();
        return context == null ? empty() : context.copy();
    }

    /**
     * The value that was set here, or null.
     *
     * @param <T> the type of the value
     * @param local the variable
     * @return null also for a variable {@linkplain TaskLocal#withInitial with an initial value} that was not set
     */
    public <T> @Nullable T find(TaskLocal<T> local) {
        @SuppressWarnings("unchecked") // put with its type only
        var value = (T) values.get(local);
        return value;
    }

    TaskContext copy() {
        return new TaskContext(values);
    }

    /** Sets a value, or takes it away. */
    synchronized <T> void put(TaskLocal<T> local, @Nullable T value) {
        var changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(local);
        } else {
            changed.put(local, value);
        }
        values = changed;
    }
}
