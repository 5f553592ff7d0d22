package dev.weft;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options for creating a task. Immutable; start with {@link #named} or {@link #defaults}. */
public final class TaskOptions {

    private static final TaskOptions DEFAULTS = new TaskOptions(null, null, false, null);

    private final @Nullable String name;
    private final @Nullable TaskContext context;
    private final boolean eager;
    private final @Nullable Duration failureDelay;

    private TaskOptions(
            @Nullable String name, @Nullable TaskContext context, boolean eager, @Nullable Duration failureDelay) {
        this.name = name;
        this.context = context;
        this.eager = eager;
        this.failureDelay = failureDelay;
    }

    /**
     * A numbered name, a copy of the creator's context, started soon.
     *
     * @return options to be refined by the other methods, or used as they are
     */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The defaults, with this name.
     *
     * @param name the name of the task and its thread; need not be unique
     * @return the defaults with this name
     */
    public static TaskOptions named(String name) {
        return DEFAULTS.name(name);
    }

    /**
     * The name of the task and its thread.
     *
     * @param newName not null; need not be unique
     * @return a copy with this name
     */
    public TaskOptions name(String newName) {
        return new TaskOptions(Objects.requireNonNull(newName, "name"), context, eager, failureDelay);
    }

    /**
     * The task's own context, instead of a copy of its creator's: all that hold the context see the values that the
     * task sets.
     *
     * @param newContext used as it is, not copied; several tasks may share it
     * @return a copy with this context
     */
    public TaskOptions context(TaskContext newContext) {
        return new TaskOptions(name, Objects.requireNonNull(newContext, "context"), eager, failureDelay);
    }

    /**
     * Starts the task before the creating call returns: the task runs until it first waits in Weft (a {@link Weft#sleep
     * sleep} of zero is a wait), or ends, while its creator waits.
     *
     * <p>On the parallel runtime the creator also goes on when the task blocks outside of Weft, and when the creator is
     * asked to stop or interrupted. A task that neither waits nor blocks keeps its creator waiting. On an event loop a
     * task that blocks outside of Weft holds its turn, so it keeps its creator waiting, as everybody else.
     *
     * @param newEager true for such a start, false for the usual one
     * @return a copy with this start
     */
    public TaskOptions eagerStart(boolean newEager) {
        return new TaskOptions(name, context, newEager, failureDelay);
    }

    /**
     * Sets the time for which a failure of the task waits for somebody to look at it, in place of
     * {@linkplain Runner.Builder#reportFailuresAfter the run's}; zero reports it at once, whether somebody is about to
     * look or not. For background tasks only: other calls throw the failures of their tasks.
     *
     * @param delay {@link Weft#FOREVER} for the end of the run
     * @return these options with that time
     * @throws IllegalArgumentException if {@code delay} is negative
     * @since 0.1.0
     */
    public TaskOptions reportFailureAfter(Duration delay) {
        return new TaskOptions(name, context, eager, Runner.notNegative("delay", delay));
    }

    @Nullable
    Duration failureDelay() {
        return failureDelay;
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

    /** The settings, for a log. */
    @Override
    public String toString() {
        return "TaskOptions[name=" + name + ", context=" + (context == null ? "the creator's" : "its own")
                + ", eagerStart=" + eager + ", reportFailureAfter=" + failureDelay + "]";
    }
}
