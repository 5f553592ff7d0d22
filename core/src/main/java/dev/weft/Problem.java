package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that no waiting caller would otherwise learn of.
 *
 * @param kind the kind of error
 * @param message the error in words, with the names
 * @param task the task that it is about, if any
 * @param exception the exception that would be lost otherwise; for a task that ignores cancellation or holds the event
 *     loop, one whose stack trace shows where that task is
 */
public record Problem(
        Kind kind,
        String message,
        @Nullable Task<?> task,
        @Nullable Throwable exception) {

    /** Creates a problem. */
    public Problem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    /** The kinds of problems. */
    public enum Kind {
        /** A background task failed, and nobody looked at it before its run ended. */
        UNOBSERVED_FAILURE,
        /** A leftover task failed while its run was cancelling it. */
        SHUTDOWN_FAILURE,
        /**
         * A failure could not be added to an exception that is thrown: that takes no suppressed ones, or nothing is
         * thrown, as the block was told to {@linkplain Weft#moveOnAfter move on}.
         */
        UNATTACHED_FAILURE,
        /** A callback or handler threw. */
        CALLBACK_FAILURE,
        /** Weft itself could not do something, mostly for want of memory. It has done the rest. */
        INTERNAL_FAILURE,
        /** A call that its caller had abandoned failed later. */
        ABANDONED_FAILURE,
        /** A run was left by its caller, which was interrupted again, although this task had not ended. */
        LEFT_BEHIND,
        /** A task, or a block whose limit has passed, was asked to stop long ago and still runs. */
        IGNORES_CANCELLATION,
        /** The body of a task has replaced the uncaught exception handler of its thread, which is Weft's. */
        REPLACED_HANDLER,
        /** A task keeps all others of its event loop from running. Debug mode only. */
        HOLDS_EVENT_LOOP
    }
}
