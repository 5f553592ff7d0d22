package dev.weft.micrometer;

import dev.weft.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** The meters for the tasks of one call: made once, so that a task costs no look-up by tags. */
final class TaskMeters {

    private final String call;
    private final LongAdder running = new LongAdder();
    private final List<InRegistry> registries = new CopyOnWriteArrayList<>();

    private record InRegistry(MeterRegistry registry, Counter started, Timer waited, Map<String, Timer> ended) {}

    TaskMeters(String call, Collection<MeterRegistry> registries) {
        this.call = call;
        registries.forEach(this::bindTo);
    }

    void bindTo(MeterRegistry registry) {
        var started = Counter.builder("weft.tasks.started")
                .description("Tasks whose bodies have begun")
                .tag("call", call)
                .register(registry);
        var waited = Timer.builder("weft.tasks.waited")
                .description("Time from a task's creation to the begin of its body: for a limit, or for a thread")
                .tag("call", call)
                .register(registry);
        Gauge.builder("weft.tasks.running", running, LongAdder::sum)
                .description("Tasks whose bodies run or wait at the moment")
                .tag("call", call)
                .strongReference(true)
                .register(registry);
        registries.add(new InRegistry(registry, started, waited, new ConcurrentHashMap<>()));
    }

    void started(Duration afterWaiting) {
        running.increment();
        for (var each : registries) {
            each.started.increment();
            each.waited.record(afterWaiting);
        }
    }

    void ended(Outcome<?> outcome, Duration ran) {
        running.decrement();
        for (var each : registries) {
            each.ended
                    .computeIfAbsent(OutcomeText.of(outcome), text -> timer(text, each.registry))
                    .record(ran);
        }
    }

    void neverStarted(Outcome<?> outcome) {
        for (var each : registries) {
            each.registry
                    .counter("weft.tasks.never.started", "call", call, "outcome", OutcomeText.of(outcome))
                    .increment();
        }
    }

    private Timer timer(String outcome, MeterRegistry registry) {
        return Timer.builder("weft.tasks")
                .description("Tasks that have ended, and how long their bodies took")
                .tag("call", call)
                .tag("outcome", outcome)
                .register(registry);
    }
}
