package dev.weft.internal.task;

import org.jspecify.annotations.Nullable;

/** The starter of a task: it is told of the task's end, and does not end before it. */
public interface Owner {

    /**
     * Called once for each task, after it has ended and before anybody who awaits it goes on. Must not block or throw.
     */
    void ended(TaskImpl<?> child);

    /** Called when a task is cancelled that was made but not yet started. */
    default void cancelledBeforeStart(TaskImpl<?> child) {}

    /**
     * The strand that cannot end before its children have: null for a run, whose background tasks keep nobody waiting.
     */
    @Nullable
    StructuredStrand parent();

    /** The call that has started the task, in words: a constant. */
    String kind();

    /** The call or run that this acts for. */
    default Owner principal() {
        return this;
    }

    /** The name that the call was given, or else its kind. */
    default String callName() {
        return kind();
    }

    /** The name of a wait for it in an event. */
    default String nameInEvents() {
        return kind();
    }
}
