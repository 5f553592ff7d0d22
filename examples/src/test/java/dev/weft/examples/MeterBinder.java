package dev.weft.examples;

import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Weft's tasks as meters: how many run, how many have ended how, and how long they have taken. */
final class MeterBinder implements TaskListener {

    private final MeterRegistry registry;
    private final AtomicInteger running;

    MeterBinder(MeterRegistry registry) {
        this.registry = registry;
        this.running = registry.gauge("weft.tasks.running", new AtomicInteger());
    }

    @Override
    public void started(Task<?> task) {
        running.incrementAndGet();
    }

    @Override
    public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
        running.decrementAndGet();
        registry.timer("weft.tasks", "outcome", word(outcome)).record(ran);
    }

    @Override
    public void neverStarted(Task<?> task, Outcome<?> outcome) {
        registry.counter("weft.tasks.never.started", "outcome", word(outcome)).increment();
    }

    private static String word(Outcome<?> outcome) {
        return outcome.getClass().getSimpleName().toLowerCase();
    }
}
