package dev.weft.opentelemetry;

import dev.weft.Body;
import dev.weft.Weft;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/** Run with the Java agent attached, and without any SDK: prints the traces of a caller and of two tasks. */
final class AgentProgram {

    private AgentProgram() {}

    public static void main(String[] args) throws Exception {
        var span = GlobalOpenTelemetry.getTracer("test").spanBuilder("request").startSpan();
        try (var scope = span.makeCurrent()) {
            Body<String, Exception> trace =
                    () -> Span.current().getSpanContext().getTraceId();
            System.out.println(trace.run() + " " + String.join(" ", Weft.gather(List.of(trace, trace))));
        } finally {
            span.end();
        }
    }
}
