package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something was asked to stop.
 *
 * @param reason as given to {@link Task#cancel(Object)}, or null
 * @param origin who asked: a task, thread, timeout or group, by name
 * @param at when, on the runtime's own clock
 */
public record Cancellation(@Nullable Object reason, String origin, Deadline at) {

    /** Creates a cancellation. */
    public Cancellation {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
    }

    /** As in {@code cancelled by timeout of 2s: deadline passed}. */
    @Override
    public String toString() {
        return reason == null ? "cancelled by " + origin : "cancelled by " + origin + ": " + reason;
    }
}
