package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be said of a task at its creation. Immutable; start with {@link #named} or {@link #defaults}. */
public final class TaskOptions {

    private static final TaskOptions DEFAULTS = new TaskOptions(null, null, false);

    private final @Nullable String name;
    private final @Nullable TaskContext context;
    private final boolean eager;

    private TaskOptions(@Nullable String name, @Nullable TaskContext context, boolean eager) {
        this.name = name;
        this.context = context;
        this.eager = eager;
    }

    /** A numbered name, a copy of the creator's context, started soon. */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /** The defaults, with this name. */
    public static TaskOptions named(String name) {
        return DEFAULTS.name(name);
    }

    /** The name of the task and its thread. */
    public TaskOptions name(String newName) {
        return new TaskOptions(Objects.requireNonNull(newName, "name"), context, eager);
    }

    /**
     * The task's own context, instead of a copy of its creator's: what the task sets there is seen by whoever holds it.
     */
    public TaskOptions context(TaskContext newContext) {
        return new TaskOptions(name, Objects.requireNonNull(newContext, "context"), eager);
    }

    /**
     * Starts the task before the creating call returns: it runs until it first waits in Weft, or ends, while its
     * creator waits. A task that blocks elsewhere keeps its creator waiting.
     */
    public TaskOptions eagerStart(boolean newEager) {
        return new TaskOptions(name, context, newEager);
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    TaskContext context() {
        return context;
    }

    boolean eagerStart() {
        return eager;
    }
}
