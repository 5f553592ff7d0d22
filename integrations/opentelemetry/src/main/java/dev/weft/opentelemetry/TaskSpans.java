package dev.weft.opentelemetry;

import dev.weft.ContextPropagator;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.Weft;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Makes a span of each named task, or of each task. The span is a child of the span that was current where the task was
 * created, and it is current while the body runs.
 *
 * <p>A span is called as the task is, and has the attributes {@code weft.call}, the call or group that started the
 * task, and {@code weft.outcome}: {@code success}, {@code failure} or {@code cancelled}. A failure sets the status
 * ERROR and records the exception; a cancelled task is not an error. Names of spans should be few, so give a task the
 * name of what it does and not of what it does it with.
 *
 * <p>An instance is a propagator and a listener. Both are needed, and the propagator must come after
 * {@link OpenTelemetryPropagator}, which would otherwise make the parent's span current again:
 *
 * <pre>{@code
 * var spans = TaskSpans.ofNamed(openTelemetry);
 * Weft.install(Defaults.builder().propagate(spans).listener(spans).build());
 * }</pre>
 *
 * <p>Thread-safe. <b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class TaskSpans implements ContextPropagator, TaskListener {

    private static final AttributeKey<String> CALL = AttributeKey.stringKey("weft.call");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("weft.outcome");

    private final Tracer tracer;
    private final Predicate<? super Task<?>> isWanted;
    private final Map<Task<?>, Span> open = new ConcurrentHashMap<>();

    private TaskSpans(OpenTelemetry openTelemetry, Predicate<? super Task<?>> isWanted) {
        this.tracer = openTelemetry.getTracer("dev.weft");
        this.isWanted = Objects.requireNonNull(isWanted, "isWanted");
    }

    /**
     * Returns spans for tasks that were given a name.
     *
     * @param openTelemetry gives the tracer, which is named {@code dev.weft}
     * @return a listener and propagator, to be installed as both
     */
    public static TaskSpans ofNamed(OpenTelemetry openTelemetry) {
        return of(openTelemetry, Task::isNamed);
    }

    /**
     * Returns spans for all tasks.
     *
     * @param openTelemetry gives the tracer, which is named {@code dev.weft}
     * @return a listener and propagator, to be installed as both
     */
    public static TaskSpans ofAll(OpenTelemetry openTelemetry) {
        return of(openTelemetry, task -> true);
    }

    /**
     * Returns spans for the tasks that {@code isWanted} accepts.
     *
     * @param openTelemetry gives the tracer, which is named {@code dev.weft}
     * @param isWanted called once for each task, on its thread, before its body
     * @return a listener and propagator, to be installed as both
     */
    public static TaskSpans of(OpenTelemetry openTelemetry, Predicate<? super Task<?>> isWanted) {
        return new TaskSpans(openTelemetry, isWanted);
    }

    @Override
    public Snapshot capture() {
        var parent = Context.current();
        return () -> begin(parent);
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by Weft
    private Restored begin(Context parent) {
        var task = Weft.currentTask().orElse(null);
        if (task == null || !isWanted.test(task)) {
            return () -> {};
        }
        var span = tracer.spanBuilder(task.isNamed() ? task.name() : task.callName())
                .setParent(parent)
                .setAttribute(CALL, task.callName())
                .startSpan();
        open.put(task, span);
        return parent.with(span).makeCurrent()::close;
    }

    @Override
    public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
        var span = open.remove(task);
        if (span == null) {
            return;
        }
        switch (outcome) {
            case Outcome.Success<?> success -> span.setAttribute(OUTCOME, "success");
            case Outcome.Cancelled<?> cancelled -> span.setAttribute(OUTCOME, "cancelled");
            case Outcome.Failure<?>(var exception) ->
                span.setAttribute(OUTCOME, "failure")
                        .setStatus(StatusCode.ERROR)
                        .recordException(exception);
        }
        span.end();
    }
}
