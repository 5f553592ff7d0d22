package dev.weft.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Defaults;
import dev.weft.GroupOptions;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ObservationTest {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();
    private final ContextSnapshotPropagator propagator = new ContextSnapshotPropagator();

    @BeforeEach
    void observe() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new ObservationThreadLocalAccessor(registry));
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private String current() {
        var observation = registry.getCurrentObservation();
        return observation == null ? "none" : observation.getContext().getName();
    }

    private static Body<String, Exception> body(java.util.concurrent.Callable<String> body) {
        return Body.of(body);
    }

    @Test
    void v2_observationOfTheCreatorIsCurrentInEachTask() throws Exception {
        var request = Observation.start("request", registry);
        try (var scope = request.openScope()) {
            var seen = Weft.propagate(propagator, () -> Weft.gather(body(this::current), body(this::current)));
            assertThat(seen).containsExactly("request", "request");
            assertThat(current()).isEqualTo("request");
        }
        request.stop();
        assertThat(current()).isEqualTo("none");
    }

    @Test
    void v2_observationIsInstalledByItself() throws Exception {
        var request = Observation.start("request", registry);
        try (var scope = request.openScope()) {
            assertThat(Weft.gather(body(this::current), body(this::current))).containsExactly("request", "request");
        }
        assertThat(Weft.gather(List.of(body(this::current)))).containsExactly("none");
    }

    @Test
    void v2_choiceOfAccessorsIsKept() throws Exception {
        var none = new ContextSnapshotPropagator(ContextSnapshotFactory.builder()
                .captureKeyPredicate(key -> false)
                .build());
        var request = Observation.start("request", registry);
        try (var scope = request.openScope()) {
            var restored = none.capture().restore();
            assertThat(current()).isEqualTo("request");
            restored.close();
        }
    }

    @Test
    void v2_namedTaskIsAnObservationUnderItsCreators() throws Exception {
        var observations = TaskObservations.ofNamed(registry);
        var request = Observation.start("request", registry);
        try (var installed = Weft.install(Defaults.builder()
                        .propagate(observations)
                        .listener(observations)
                        .build());
                var scope = request.openScope()) {
            Weft.taskGroup(group -> {
                group.createTask(
                        TaskOptions.named("load prices"),
                        () -> assertThat(current()).isEqualTo("weft.task"));
                group.createTask(() -> assertThat(current()).isEqualTo("request"));
            });
        }
        assertThat(stopped).singleElement().satisfies(context -> {
            assertThat(context.getContextualName()).isEqualTo("load prices");
            assertThat(context.getParentObservation()).isNotNull();
            assertThat(context.getParentObservation().getContextView().getName())
                    .isEqualTo("request");
            assertThat(context.getLowCardinalityKeyValue("weft.outcome").getValue())
                    .isEqualTo("success");
            assertThat(context.getError()).isNull();
        });
    }

    @Test
    void v2_failureOfATaskIsItsObservationsError() {
        var observations = TaskObservations.of(registry, task -> true);
        try (var installed = Weft.install(Defaults.builder()
                .propagate(observations)
                .listener(observations)
                .build())) {
            assertThatThrownBy(() -> Weft.gather(List.of(body(() -> {
                        throw new IOException("on purpose");
                    }))))
                    .isInstanceOf(IOException.class);
        }
        assertThat(stopped).singleElement().satisfies(context -> {
            assertThat(context.getError()).hasMessage("on purpose");
            assertThat(context.getLowCardinalityKeyValue("weft.outcome").getValue())
                    .isEqualTo("failure");
        });
    }

    /** Each value of a low-cardinality key is a timer, and the backend of traces indexes it. */
    @Test
    void v9_groupsWithNumbersInTheirNamesDoNotMakeValuesWithoutEnd() throws Exception {
        var observations = TaskObservations.ofNamed(registry);
        try (var installed = Weft.install(Defaults.builder()
                .propagate(observations)
                .listener(observations)
                .build())) {
            for (var i = 0; i < WeftMetrics.MAX_CALLS + 50; i++) {
                Weft.taskGroup(GroupOptions.failFast().name("group " + i), group -> {
                    group.createTask(TaskOptions.named("load prices"), () -> "loaded");
                });
            }
        }
        assertThat(stopped).hasSize(WeftMetrics.MAX_CALLS + 50);
        var calls = stopped.stream()
                .map(context -> context.getLowCardinalityKeyValue("weft.call").getValue())
                .toList();
        assertThat(Set.copyOf(calls)).hasSize(WeftMetrics.MAX_CALLS + 1).contains("other", "group 0");
    }
}
