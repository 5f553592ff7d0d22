package dev.weft.micrometer;

import dev.weft.ContextPropagator;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.Weft;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each named task, or of the tasks that a predicate accepts. The observation is a child of the
 * one that was current where the task was created, and it is current while the body runs. With a tracing bridge each
 * observation is a span.
 *
 * <p>Observations are called {@code weft.task}, and in traces as the task is. Low-cardinality keys: {@code weft.call},
 * the call or group that started the task, and {@code weft.outcome}: {@code success}, {@code failure} or
 * {@code cancelled}. After {@value WeftMetrics#MAX_CALLS} values of {@code weft.call} further ones are {@code other}. A
 * failure is the observation's error; a cancelled task has none.
 *
 * <p>An instance is a propagator and a listener. Both are needed, and the propagator must come after
 * {@link ContextSnapshotPropagator}:
 *
 * <pre>{@code
 * var observations = TaskObservations.ofNamed(registry);
 * Weft.install(Defaults.builder().propagate(observations).listener(observations).build());
 * }</pre>
 *
 * <p>Thread-safe. <b>Blocking:</b> as the registry's handlers do. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class TaskObservations implements ContextPropagator, TaskListener {

    private final ObservationRegistry registry;
    private final Predicate<? super Task<?>> isWanted;
    private final Map<Task<?>, Observation> open = new ConcurrentHashMap<>();
    private final CallTags calls = new CallTags();

    private TaskObservations(ObservationRegistry registry, Predicate<? super Task<?>> isWanted) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.isWanted = Objects.requireNonNull(isWanted, "isWanted");
    }

    /**
     * Returns observations of tasks that were given a name.
     *
     * @param registry takes the observations, and knows the current one
     * @return a listener and propagator, to be installed as both
     */
    public static TaskObservations ofNamed(ObservationRegistry registry) {
        return of(registry, Task::isNamed);
    }

    /**
     * Returns observations of the tasks that {@code isWanted} accepts.
     *
     * @param registry takes the observations, and knows the current one
     * @param isWanted called once for each task, on its thread, before its body
     * @return a listener and propagator, to be installed as both
     */
    public static TaskObservations of(ObservationRegistry registry, Predicate<? super Task<?>> isWanted) {
        return new TaskObservations(registry, isWanted);
    }

    @Override
    public Snapshot capture() {
        var parent = registry.getCurrentObservation();
        return () -> begin(parent);
    }

    private Restored begin(@Nullable Observation parent) {
        var task = Weft.currentTask().orElse(null);
        if (task == null || !isWanted.test(task)) {
            return () -> {};
        }
        var observation = Observation.createNotStarted("weft.task", registry)
                .contextualName(task.isNamed() ? task.name() : task.callName())
                .lowCardinalityKeyValue("weft.call", calls.of(task.callName()))
                .parentObservation(parent)
                .start();
        open.put(task, observation);
        return observation.openScope()::close;
    }

    @Override
    public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
        var observation = open.remove(task);
        if (observation == null) {
            return;
        }
        observation.lowCardinalityKeyValue("weft.outcome", OutcomeText.of(outcome));
        if (outcome instanceof Outcome.Failure<?>(var exception)) {
            observation.error(exception);
        }
        observation.stop();
    }
}
