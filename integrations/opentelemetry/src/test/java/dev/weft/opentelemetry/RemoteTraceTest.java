package dev.weft.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cluster.Codecs;
import dev.weft.cluster.Handler;
import dev.weft.cluster.RemoteContext;
import dev.weft.cluster.Workers;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two members in this process: a handler's spans belong to the trace of its caller. */
final class RemoteTraceTest {

    private static final Handler<String, String> PRICE = Handler.of("price", Codecs.text(), Codecs.text());

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

    /** The codes of the handler and of a task that it starts are spans. */
    private String price(String item) throws Exception {
        var span = tracer.spanBuilder("price").setSpanKind(SpanKind.SERVER).startSpan();
        try (var scope = span.makeCurrent()) {
            return Weft.gather(List.<dev.weft.Body<String, Exception>>of(() -> {
                        tracer.spanBuilder("load").startSpan().end();
                        return item + " for " + Baggage.current().getEntryValue("customer");
                    }))
                    .getFirst();
        } finally {
            span.end();
        }
    }

    private void called(RemoteContext atCaller, RemoteContext atMember, String expected) throws Exception {
        var at = address();
        Weft.run(() -> {
            try (var member = Workers.builder("trace")
                            .name("w1")
                            .bind(at)
                            .insecure()
                            .context(atMember)
                            .serve(PRICE, this::price)
                            .open();
                    var caller = Workers.builder("trace")
                            .name("c1")
                            .bind(address())
                            .join(at)
                            .insecure()
                            .context(atCaller)
                            .open()) {
                assertThat(member.snapshot().running()).isZero();
                var request = tracer.spanBuilder("request").startSpan();
                var baggage = Baggage.builder().put("customer", "ädä, lovelace").build();
                try (var scope = Context.current().with(request).with(baggage).makeCurrent()) {
                    assertThat(caller.call(PRICE, "tea")).isEqualTo(expected);
                } finally {
                    request.end();
                }
                assertThat(Span.current().getSpanContext().isValid()).isFalse();
                assertThat(caller.call(PRICE, "milk")).isEqualTo("milk for null");
            }
        });
    }

    private static String address() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + free.getLocalPort();
        }
    }

    private List<SpanData> named(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    @Test
    void cl48_handlersSpan_isAChildOfTheCallers_andBaggageCameAlong() throws Exception {
        called(OpenTelemetryRemoteContext.w3c(), OpenTelemetryRemoteContext.w3c(), "tea for ädä, lovelace");
        var request = named("request").getFirst();
        var price = named("price").getFirst();
        assertThat(price.getTraceId()).isEqualTo(request.getTraceId());
        assertThat(price.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(price.getParentSpanContext().isRemote()).isTrue();
        assertThat(named("load").getFirst().getParentSpanId()).isEqualTo(price.getSpanId());
        assertThat(named("price").getLast().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void cl48_propagatorOfOnesOwn_carriesWhatItWrites() throws Exception {
        var traceOnly = OpenTelemetryRemoteContext.of(W3CTraceContextPropagator.getInstance());
        called(traceOnly, traceOnly, "tea for null");
        assertThat(named("price").getFirst().getTraceId())
                .isEqualTo(named("request").getFirst().getTraceId());
    }

    @Test
    void cl48_pairsThatAreNone_beginATraceOfTheirOwn() throws Exception {
        var nonsense = new RemoteContext() {
            @Override
            public Map<String, String> capture() {
                return Map.of("traceparent", "00-zz-zz-zz", "baggage", "=;=,,%%%", "x", "y");
            }

            @Override
            public dev.weft.ContextPropagator.Restored restore(Map<String, String> pairs) {
                return () -> {};
            }
        };
        called(nonsense, OpenTelemetryRemoteContext.w3c(), "tea for null");
        assertThat(named("price"))
                .hasSize(2)
                .allSatisfy(span ->
                        assertThat(span.getParentSpanContext().isValid()).isFalse());
    }
}
