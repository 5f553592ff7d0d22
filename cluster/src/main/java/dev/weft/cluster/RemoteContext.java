package dev.weft.cluster;

import dev.weft.ContextPropagator;
import java.util.Map;

/**
 * Carries what is current at a caller, such as a trace, to the handler: as a few pairs of text that travel with the
 * call. Given to {@link WorkersBuilder#context(RemoteContext)} on both sides. For OpenTelemetry, the artifact
 * {@code weft-opentelemetry} has {@code OpenTelemetryRemoteContext}.
 *
 * <p>An exception that it throws is reported as a {@link dev.weft.Problem.Kind#CALLBACK_FAILURE} of the run, and the
 * call goes without. Within the handler's process, {@link ContextPropagator}s carry the context on to tasks that the
 * handler starts.
 *
 * <p>Must be thread-safe, and must not block.
 *
 * @since 0.1.0
 */
public interface RemoteContext {

    /**
     * Returns what is current. Called by the caller's thread, once for each call.
     *
     * @return pairs of names and values, which may be none. Names of several contexts should differ. All pairs of a
     *     call have room for 2,048 bytes in UTF-8; those that do not fit, in the order of their names, are left out
     * @since 0.1.0
     */
    Map<String, String> capture();

    /**
     * Makes a context current. Called by the handler's thread, before the argument is decoded.
     *
     * @param pairs what the contexts of the caller have captured, which comes from another member: not to be trusted
     * @return undoes it, after the result was encoded
     * @since 0.1.0
     */
    ContextPropagator.Restored restore(Map<String, String> pairs);
}
