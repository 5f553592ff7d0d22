package dev.weft;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something was asked to stop. Two are equal only if they are the same one: no {@code equals} of a reason is
 * called.
 *
 * <p>Immutable. Serializable: a reason that is not is replaced by its text, and {@link #at()} can be compared with
 * other times of the same run only. The reason's {@code toString()} is called once, by the thread that gives it; what
 * it throws is caught.
 *
 * @since 0.1.0
 */
public final class Cancellation implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // writeReplace sees to it
    private final @Nullable Object reason;

    private final @Nullable String reasonText;
    private final String origin;
    private final Deadline at;

    /**
     * Creates a cancellation.
     *
     * @param reason as given to {@link Task#cancel(Object)}, or null
     * @param origin who asked: a task, thread, timeout or group, by name
     * @param at when, on the runtime's own clock
     */
    public Cancellation(@Nullable Object reason, String origin, Deadline at) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.at = Objects.requireNonNull(at, "at");
        this.reason = reason;
        this.reasonText = reason == null ? null : Foreign.text(reason);
    }

    /** The reason as given to {@link Task#cancel(Object)}, or null. */
    public @Nullable Object reason() {
        return reason;
    }

    /**
     * The reason in words, as they were when it was given, or null if there is none. Never fails, whatever the reason's
     * class is.
     */
    public @Nullable String reasonText() {
        return reasonText;
    }

    /** Who asked: a task, thread, timeout or group, by name. */
    public String origin() {
        return origin;
    }

    /** When, on the runtime's own clock. */
    public Deadline at() {
        return at;
    }

    private Object writeReplace() {
        return Portable.canBeWritten(reason) ? this : new Cancellation(reasonText, origin, at);
    }

    /** As in {@code cancelled by timeout of 2s: deadline passed}. */
    @Override
    public String toString() {
        return reason == null ? "cancelled by " + origin : "cancelled by " + origin + ": " + reasonText;
    }
}
