package dev.weft.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Defaults;
import dev.weft.Registration;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.sync.Event;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpenTelemetryTest {

    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("weft.outcome");

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build();
    private final Tracer tracer = sdk.getTracer("test");

    @AfterEach
    void close() {
        sdk.close();
        assertThat(Context.current()).isSameAs(Context.root());
    }

    private static Body<String, Exception> body(Callable<String> body) {
        return Body.of(body);
    }

    private static String current() {
        return Span.current().getSpanContext().getSpanId();
    }

    private static Registration install(TaskSpans spans) {
        return Weft.install(Defaults.builder().propagate(spans).listener(spans).build());
    }

    private SpanData only(String name) {
        var named = exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(named).as("spans named %s", name).hasSize(1);
        return named.getFirst();
    }

    @Test
    void v2_contextOfTheCreatorIsCurrentInEachTask() throws Exception {
        var span = tracer.spanBuilder("request").startSpan();
        try (var scope = span.makeCurrent()) {
            var seen = Weft.propagate(
                    new OpenTelemetryPropagator(),
                    () -> Weft.gather(body(OpenTelemetryTest::current), body(OpenTelemetryTest::current)));
            assertThat(seen).containsExactly(current(), current());
            assertThat(current()).isEqualTo(span.getSpanContext().getSpanId());
        }
        span.end();
    }

    @Test
    void v2_contextIsInstalledByItself() throws Exception {
        var span = tracer.spanBuilder("request").startSpan();
        try (var scope = span.makeCurrent()) {
            assertThat(Weft.gather(List.of(body(OpenTelemetryTest::current)))).containsExactly(current());
        }
        assertThat(Weft.gather(List.of(body(OpenTelemetryTest::current)))).containsExactly("0000000000000000");
    }

    @Test
    void v2_namedTaskIsASpanUnderItsCreators() throws Exception {
        var request = tracer.spanBuilder("request").startSpan();
        try (var scope = request.makeCurrent();
                var installed = install(TaskSpans.ofNamed(sdk))) {
            Weft.taskGroup(group -> {
                group.createTask(TaskOptions.named("load prices"), () -> {
                    var inner = tracer.spanBuilder("inner").startSpan();
                    inner.end();
                });
                group.createTask(() ->
                        assertThat(current()).isEqualTo(request.getSpanContext().getSpanId()));
            });
        }
        request.end();
        assertThat(exported.getFinishedSpanItems()).hasSize(3);
        var task = only("load prices");
        assertThat(task.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(only("inner").getParentSpanId()).isEqualTo(task.getSpanId());
        assertThat(task.getStatus()).isEqualTo(StatusData.unset());
        assertThat(task.getAttributes().get(OUTCOME)).isEqualTo("success");
    }

    @Test
    void v2_failureIsTheStatusOfItsSpan() {
        try (var installed = install(TaskSpans.ofNamed(sdk))) {
            assertThatThrownBy(() -> Weft.taskGroup(group -> {
                        group.createTask(TaskOptions.named("fails"), () -> {
                            throw new IOException("on purpose");
                        });
                    }))
                    .isInstanceOf(Exception.class);
        }
        var span = only("fails");
        assertThat(span.getStatus()).isEqualTo(StatusData.error());
        assertThat(span.getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
        assertThat(span.getAttributes().get(OUTCOME)).isEqualTo("failure");
    }

    @Test
    void v2_cancelledTaskIsNoError() throws Exception {
        try (var installed = install(TaskSpans.ofNamed(sdk))) {
            Weft.taskGroup(group -> {
                var begun = new Event();
                var task = group.createTask(TaskOptions.named("stopped"), () -> {
                    begun.set();
                    Weft.sleep(Weft.FOREVER);
                });
                begun.await();
                task.cancel();
            });
        }
        assertThat(only("stopped").getStatus()).isEqualTo(StatusData.unset());
        assertThat(only("stopped").getAttributes().get(OUTCOME)).isEqualTo("cancelled");
    }

    @Test
    void v2_eachTaskIsASpanOnRequest() throws Exception {
        try (var installed = install(TaskSpans.ofAll(sdk))) {
            Weft.gather(body(OpenTelemetryTest::current), body(OpenTelemetryTest::current));
        }
        assertThat(exported.getFinishedSpanItems())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getName()).isEqualTo("gather"));
    }
}
