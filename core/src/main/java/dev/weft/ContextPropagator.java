package dev.weft;

/**
 * Carries a context that lives in thread locals (logging MDC, tracing) from a task's creator to the task, and into the
 * body of {@link Weft#abandonOnCancel(Body) abandonOnCancel}. Weft does not depend on any such library; each is adapted
 * in a line or two:
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

    /**
     * Called by the thread that creates a task: captures the context that is current there.
     *
     * @return makes the context current in the new task; not null, {@code () -> () -> {}} if there is none
     */
    Snapshot capture();

    /** A context that was captured. */
    @FunctionalInterface
    interface Snapshot {

        /**
         * Called by the task's thread before its body: makes the context current there.
         *
         * @return undoes this, once the body has ended; not null, {@code () -> {}} if there is nothing to undo
         */
        Restored restore();
    }

    /** A context that was made current. */
    @FunctionalInterface
    interface Restored {

        /** Called by the task's thread after its body: undoes {@link Snapshot#restore}. */
        void close();
    }
}
