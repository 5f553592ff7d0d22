package dev.weft.opentelemetry;

import dev.weft.ContextPropagator;
import dev.weft.cluster.RemoteContext;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries the OpenTelemetry context of a caller (current span, baggage) to the handler of a call of
 * {@code weft-cluster}. A span that the handler begins is a child of the caller's span, and so is a span of a task that
 * the handler starts.
 *
 * <pre>{@code
 * Workers.builder("pages").context(OpenTelemetryRemoteContext.w3c())…
 * }</pre>
 *
 * <p>Both sides need one. A caller without it sends nothing, and a member without it skips what comes. The context
 * travels in plain sight of all members: secrets do not belong in baggage.
 *
 * <p>Needs {@code weft-cluster}, which this artifact does not bring. Thread-safe. <b>Blocking:</b> never.
 * <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryRemoteContext implements RemoteContext {

    private static final TextMapGetter<Map<String, String>> PAIRS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> pairs) {
            return pairs.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> pairs, String key) {
            return pairs == null ? null : pairs.get(key);
        }
    };

    private final TextMapPropagator propagator;

    private OpenTelemetryRemoteContext(TextMapPropagator propagator) {
        this.propagator = Objects.requireNonNull(propagator, "propagator");
    }

    /**
     * Returns a context that travels as W3C Trace Context and W3C Baggage: {@code traceparent}, {@code tracestate} and
     * {@code baggage}.
     *
     * @return a context for {@code WorkersBuilder.context}
     * @since 0.1.0
     */
    public static OpenTelemetryRemoteContext w3c() {
        return of(TextMapPropagator.composite(
                W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()));
    }

    /**
     * Returns a context that travels as {@code propagator} writes it: for other formats, or for that of an
     * {@code OpenTelemetry} ({@code openTelemetry.getPropagators().getTextMapPropagator()}).
     *
     * @param propagator writes and reads the pairs; all members should have the same
     * @return a context for {@code WorkersBuilder.context}
     * @since 0.1.0
     */
    public static OpenTelemetryRemoteContext of(TextMapPropagator propagator) {
        return new OpenTelemetryRemoteContext(propagator);
    }

    @Override
    public Map<String, String> capture() {
        var pairs = new HashMap<String, String>();
        propagator.inject(Context.current(), pairs, (to, key, value) -> {
            if (to != null) {
                to.put(key, value);
            }
        });
        return pairs;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed by the handler's end
    public ContextPropagator.Restored restore(Map<String, String> pairs) {
        return propagator.extract(Context.current(), pairs, PAIRS).makeCurrent()::close;
    }
}
