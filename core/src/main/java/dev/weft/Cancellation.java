package dev.weft;

import dev.weft.internal.failure.Foreign;
import dev.weft.internal.failure.Portable;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The origin, reason and time of a request to stop. Two are equal only if they are the same object: no {@code equals}
 * of a reason is called.
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
     * @param origin the name of the requester: a task, thread, timeout or group
     * @param at the time of the request, on the runtime's own clock
     */
    public Cancellation(@Nullable Object reason, String origin, Deadline at) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.at = Objects.requireNonNull(at, "at");
        this.reason = reason;
        this.reasonText = reason == null ? null : Foreign.text(reason);
    }

    /**
     * Returns the reason.
     *
     * @return the object that was given to {@link Task#cancel(Object)}, or null
     * @since 0.1.0
     */
    public @Nullable Object reason() {
        return reason;
    }

    /**
     * Returns the text of the reason, taken when the reason was given. Never fails, whatever the reason's class is.
     *
     * @return the text, or null if there is no reason
     * @since 0.1.0
     */
    public @Nullable String reasonText() {
        return reasonText;
    }

    /**
     * Returns the name of the requester: a task, thread, timeout or group.
     *
     * @return for example {@code task 'main'}
     * @since 0.1.0
     */
    public String origin() {
        return origin;
    }

    /**
     * Returns the time of the request, on the runtime's own clock.
     *
     * @return a point in time that has passed
     * @since 0.1.0
     */
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
