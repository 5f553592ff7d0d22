package dev.weft.opentelemetry;

import dev.weft.ContextPropagator;
import io.opentelemetry.context.Context;

/**
 * Makes the OpenTelemetry context of the thread that creates a task (current span, baggage) current in the task.
 *
 * <p>The {@code ServiceLoader} installs this propagator for the whole process. Where that is not possible, pass it to
 * {@link dev.weft.Weft#propagate(ContextPropagator, dev.weft.Body)} or to
 * {@link dev.weft.Runner.Builder#propagate(ContextPropagator)}. It works with the OpenTelemetry Java agent too, which
 * connects the context of the API with its own.
 *
 * <p>Thread-safe. <b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryPropagator implements ContextPropagator {

    /** Creates a propagator; it has no state. */
    public OpenTelemetryPropagator() {}

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed by Weft
    public Snapshot capture() {
        var captured = Context.current();
        return () -> captured.makeCurrent()::close;
    }
}
