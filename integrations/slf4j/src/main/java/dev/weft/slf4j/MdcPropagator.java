package dev.weft.slf4j;

import dev.weft.ContextPropagator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives each task a copy of the logging context (MDC) of the thread that creates the task.
 *
 * <p>The task sees the entries as of its creation. Later changes by its creator do not reach the task, and the task's
 * changes reach neither its creator nor its siblings. When the body has ended, by whichever way, the thread has the
 * entries that it had before. Stacks of values, as {@code MDC.pushByKey} makes them, are not carried.
 *
 * <p>The {@code ServiceLoader} installs this propagator for the whole process. Where that is not possible, pass it to
 * {@link dev.weft.Weft#propagate(ContextPropagator, dev.weft.Body)} or to
 * {@link dev.weft.Runner.Builder#propagate(ContextPropagator)}.
 *
 * <p>Thread-safe. <b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class MdcPropagator implements ContextPropagator {

    /** Creates a propagator; it has no state. */
    public MdcPropagator() {}

    @Override
    public Snapshot capture() {
        var captured = MDC.getCopyOfContextMap();
        return () -> restore(captured);
    }

    private static Restored restore(@Nullable Map<String, String> captured) {
        var before = MDC.getCopyOfContextMap();
        set(captured);
        return () -> set(before);
    }

    /** Some logging libraries return null for an empty context, and some refuse null. */
    private static void set(@Nullable Map<String, String> entries) {
        if (entries == null || entries.isEmpty()) {
            MDC.clear();
        } else {
            MDC.setContextMap(entries);
        }
    }
}
