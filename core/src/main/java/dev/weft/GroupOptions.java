package dev.weft;

import dev.weft.internal.api.Checks;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a task group treats failures, and how many of its tasks run at once. Immutable; start with
 * {@link #failFast} or {@link #supervisor}.
 */
public final class GroupOptions {

    private static final GroupOptions FAIL_FAST = new GroupOptions(null, false, null, Integer.MAX_VALUE);
    private static final GroupOptions SUPERVISOR = new GroupOptions(null, true, null, Integer.MAX_VALUE);

    private final @Nullable String name;
    private final boolean supervisor;
    private final @Nullable BiConsumer<? super Task<?>, ? super Throwable> onFailure;
    private final int limit;

    private GroupOptions(
            @Nullable String name,
            boolean supervisor,
            @Nullable BiConsumer<? super Task<?>, ? super Throwable> onFailure,
            int limit) {
        this.name = name;
        this.supervisor = supervisor;
        this.onFailure = onFailure;
        this.limit = limit;
    }

    /**
     * The first failure cancels the other tasks and the block.
     *
     * @return options without a limit and a name, as {@code taskGroup} has them unless told otherwise
     */
    public static GroupOptions failFast() {
        return FAIL_FAST;
    }

    /**
     * A task's failure harms nobody else; all failures are thrown together at the end.
     *
     * @return options without a limit and a name
     */
    public static GroupOptions supervisor() {
        return SUPERVISOR;
    }

    /**
     * A supervisor that hands each task's failure to {@code handler}, on a thread that carries no task's context,
     * instead of throwing it at the end. An exception that the handler throws is thrown at the end, with the failure
     * suppressed into it.
     *
     * @param handler gets the task and its exception, once for each failure; several calls may run at once
     * @return options without a limit and a name
     */
    public static GroupOptions supervisor(BiConsumer<? super Task<?>, ? super Throwable> handler) {
        return new GroupOptions(null, true, Objects.requireNonNull(handler, "handler"), Integer.MAX_VALUE);
    }

    /**
     * Runs at most {@code newLimit} tasks of the group at once; the others wait in the order of their creation.
     *
     * @param newLimit the number of tasks, from 1; the block itself does not count
     * @return a copy with this limit
     * @throws IllegalArgumentException if {@code newLimit} is less than 1
     */
    public GroupOptions limit(int newLimit) {
        return new GroupOptions(name, supervisor, onFailure, Checks.limit(newLimit));
    }

    /**
     * A name for the group, by which metrics, dumps and events tell it from others: one for all groups that are made in
     * the same place, such as {@code "checkout"}.
     *
     * @param newName the name
     * @return these options with that name
     * @since 0.1.0
     */
    public GroupOptions name(String newName) {
        return new GroupOptions(Objects.requireNonNull(newName, "name"), supervisor, onFailure, limit);
    }

    @Nullable
    String name() {
        return name;
    }

    boolean isSupervisor() {
        return supervisor;
    }

    @Nullable
    BiConsumer<? super Task<?>, ? super Throwable> onFailure() {
        return onFailure;
    }

    int limit() {
        return limit;
    }

    /** The settings, for a log. */
    @Override
    public String toString() {
        return "GroupOptions[" + (supervisor ? "supervisor" : "failFast") + ", name=" + name + ", limit="
                + (limit == Integer.MAX_VALUE ? "none" : limit) + "]";
    }
}
