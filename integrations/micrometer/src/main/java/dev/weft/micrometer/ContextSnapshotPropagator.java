package dev.weft.micrometer;

import dev.weft.ContextPropagator;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Objects;

/**
 * Carries into each task what Micrometer's context propagation captures from the thread that creates the task: the
 * value of every registered {@code ThreadLocalAccessor}.
 *
 * <p>The {@code ServiceLoader} installs {@code new ContextSnapshotPropagator()} for the whole process. Where that is
 * not possible, pass it to {@link dev.weft.Weft#propagate(ContextPropagator, dev.weft.Body)} or to
 * {@link dev.weft.Runner.Builder#propagate(ContextPropagator)}.
 *
 * <p>Thread-safe. <b>Blocking:</b> as the accessors do. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class ContextSnapshotPropagator implements ContextPropagator {

    private final ContextSnapshotFactory factory;

    /** Creates a propagator of all that is registered with the process's {@code ContextRegistry}. */
    public ContextSnapshotPropagator() {
        this(ContextSnapshotFactory.builder().build());
    }

    /**
     * Creates a propagator of what {@code factory} captures.
     *
     * @param factory captures all values, or chooses some
     */
    public ContextSnapshotPropagator(ContextSnapshotFactory factory) {
        this.factory = Objects.requireNonNull(factory, "factory");
    }

    @Override
    public Snapshot capture() {
        var captured = factory.captureAll();
        return () -> captured.setThreadLocals()::close;
    }
}
