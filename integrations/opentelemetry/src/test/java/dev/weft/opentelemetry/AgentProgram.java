package dev.weft.opentelemetry;

import dev.weft.Body;
import dev.weft.Runner;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Run with the Java agent attached, and without any SDK: prints a line for each place, with the trace and the baggage
 * there.
 */
final class AgentProgram {

    /** The first word of each line. */
    static final String SEEN = "seen";

    private AgentProgram() {}

    public static void main(String[] args) throws Exception {
        var span = GlobalOpenTelemetry.getTracer("test").spanBuilder("request").startSpan();
        Body<String, Exception> seen = () -> Span.current().getSpanContext().getTraceId() + " "
                + Baggage.current().getEntryValue("user");
        try (var ofSpan = span.makeCurrent();
                var ofBaggage = Baggage.builder().put("user", "ada").build().makeCurrent();
                var executor = Executors.newVirtualThreadPerTaskExecutor();
                var run = Runner.builder().start()) {
            print("caller", seen.run());
            print("executor", executor.submit(seen::run).get());
            for (var inTask : Weft.gather(List.of(seen, seen))) {
                print("gather", inTask);
            }
            print("run", Weft.run(seen));
            print("task", Weft.run(() -> Weft.createTask(seen).await()));
            print(
                    "background",
                    run.createTask(TaskOptions.named("background"), seen).await());
        } finally {
            span.end();
        }
    }

    private static void print(String where, String seen) {
        System.out.println(SEEN + " " + where + " " + seen);
    }
}
