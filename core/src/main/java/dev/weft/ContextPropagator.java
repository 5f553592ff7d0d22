package dev.weft;

/**
 * Carries a context that lives in thread locals (logging MDC, tracing) from who creates a task to the task. Weft knows
 * no such library; each is adapted in a line or two:
 *
 * <pre>{@code
 * ContextPropagator tracing = () -> {                       // OpenTelemetry
 *     var context = Context.current();
 *     return () -> context.makeCurrent()::close;
 * };
 * }</pre>
 *
 * @see Weft#propagate(ContextPropagator, Body)
 * @see Runner.Builder#propagate(ContextPropagator)
 */
@FunctionalInterface
public interface ContextPropagator {

    /** Called by the thread that creates a task: takes hold of what is current there. */
    Snapshot capture();

    /** A context that was captured. */
    @FunctionalInterface
    interface Snapshot {

        /** Called by the task's thread before its body: makes the context current there. */
        Restored restore();
    }

    /** A context that was made current. */
    @FunctionalInterface
    interface Restored {

        /** Called by the task's thread after its body: undoes {@link Snapshot#restore}. */
        void close();
    }
}
