package dev.weft.micrometer;

import dev.weft.Outcome;
import dev.weft.Problem;
import dev.weft.ProblemHandler;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.Semaphore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * Counts tasks, problems, queues and limiters into Micrometer.
 *
 * <pre>{@code
 * var metrics = new WeftMetrics();
 * metrics.bindTo(registry);
 * Weft.install(Defaults.builder().listener(metrics).problemListener(metrics).build());
 * metrics.monitor("orders", queue);
 * }</pre>
 *
 * <table class="striped">
 * <caption>Meters</caption>
 * <tr><th>meter</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@code weft.tasks.started}</td><td>{@code call}</td><td>counts tasks whose bodies have begun</td></tr>
 * <tr><td>{@code weft.tasks.running}</td><td>{@code call}</td><td>tasks whose bodies run or wait now</td></tr>
 * <tr><td>{@code weft.tasks}</td><td>{@code call}, {@code outcome}</td><td>times ended bodies</td></tr>
 * <tr><td>{@code weft.tasks.waited}</td><td>{@code call}</td><td>times from a task's creation to its begin</td></tr>
 * <tr><td>{@code weft.tasks.never.started}</td><td>{@code call}, {@code outcome}</td><td>counts tasks that were
 * cancelled before their bodies began, or got no thread</td></tr>
 * <tr><td>{@code weft.problems}</td><td>{@code kind}</td><td>counts problems</td></tr>
 * <tr><td>{@code weft.queue.size}, {@code .unfinished}, {@code .getters}, {@code .putters}</td><td>{@code name}</td>
 * <td>a monitored queue</td></tr>
 * <tr><td>{@code weft.limiter.available}, {@code .capacity}, {@code .waiting}</td><td>{@code name}</td><td>a monitored
 * semaphore or limiter</td></tr>
 * </table>
 *
 * <p>The tag {@code call} is {@link Task#callName()}: the kind of call that started the task, or the name of its group.
 * The names of single tasks are never tags. After {@value #MAX_CALLS} values, tasks of further calls count as
 * {@code other}: a group whose name has an order number in it does not fill the registry.
 *
 * <p>Several registries may be bound. Each counts what happens from then on.
 *
 * <p>Thread-safe. <b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class WeftMetrics implements MeterBinder, TaskListener, ProblemHandler {

    /** The number of different values of the tag {@code call}, without {@code other}. */
    public static final int MAX_CALLS = 200;

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final List<Monitored<?>> monitored = new CopyOnWriteArrayList<>();
    private final CallTags tags = new CallTags();
    private final Map<String, TaskMeters> calls = new ConcurrentHashMap<>();

    private record Monitored<T>(String meter, String name, String description, T object, ToDoubleFunction<T> value) {
        void register(MeterRegistry registry) {
            Gauge.builder(meter, object, value)
                    .description(description)
                    .tag("name", name)
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Creates metrics that are bound to no registry yet. */
    public WeftMetrics() {}

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        Objects.requireNonNull(registry, "registry");
        if (registries.contains(registry)) {
            return;
        }
        registries.add(registry);
        monitored.forEach(one -> one.register(registry));
        calls.values().forEach(meters -> meters.bindTo(registry));
    }

    @Override
    public void started(Task<?> task, Duration waited) {
        meters(task).started(waited);
    }

    @Override
    public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
        meters(task).ended(outcome, ran);
    }

    @Override
    public void neverStarted(Task<?> task, Outcome<?> outcome) {
        meters(task).neverStarted(outcome);
    }

    /** Counts {@code problem}, whatever else is done about it. */
    @Override
    public void handle(Problem problem) {
        for (var registry : registries) {
            registry.counter("weft.problems", "kind", problem.kind().name()).increment();
        }
    }

    private TaskMeters meters(Task<?> task) {
        var known = calls.get(task.callName());
        return known == null ? newMeters(task.callName()) : known;
    }

    private synchronized TaskMeters newMeters(String call) {
        return calls.computeIfAbsent(tags.of(call), tag -> new TaskMeters(tag, registries));
    }

    /**
     * Publishes the state of {@code queue} as gauges, for as long as the registry lives.
     *
     * @param name the tag {@code name}; one queue a name
     * @param queue its items and its waiting callers are published
     * @throws IllegalArgumentException if a queue of that name is monitored already
     */
    public void monitor(String name, Queue<?> queue) {
        Objects.requireNonNull(queue, "queue");
        add("weft.queue.size", name, "Items in the queue", queue, Queue::size);
        add(
                "weft.queue.unfinished",
                name,
                "Items put and not yet marked as done",
                queue,
                each -> each.snapshot().unfinished());
        add(
                "weft.queue.getters",
                name,
                "Callers waiting for an item",
                queue,
                each -> each.snapshot().gettersWaiting());
        add(
                "weft.queue.putters",
                name,
                "Callers waiting for room",
                queue,
                each -> each.snapshot().puttersWaiting());
    }

    /**
     * Publishes the state of {@code semaphore}, as {@link #monitor(String, Queue)} does of a queue.
     *
     * @param name the tag {@code name}; one semaphore or limiter a name
     * @param semaphore its permits and waiting callers are published
     */
    public void monitor(String name, Semaphore semaphore) {
        Objects.requireNonNull(semaphore, "semaphore");
        add("weft.limiter.available", name, "Permits that are free", semaphore, Semaphore::availablePermits);
        add(
                "weft.limiter.waiting",
                name,
                "Callers waiting",
                semaphore,
                each -> each.snapshot().waiting());
    }

    /**
     * Publishes the state of {@code limiter}, as {@link #monitor(String, Queue)} does of a queue.
     *
     * @param name the tag {@code name}; one semaphore or limiter a name
     * @param limiter its free permits, its capacity and its waiting callers are published
     */
    public void monitor(String name, CapacityLimiter limiter) {
        Objects.requireNonNull(limiter, "limiter");
        add("weft.limiter.available", name, "Permits that are free", limiter, CapacityLimiter::available);
        add("weft.limiter.capacity", name, "Permits in all", limiter, CapacityLimiter::capacity);
        add(
                "weft.limiter.waiting",
                name,
                "Callers waiting",
                limiter,
                each -> each.snapshot().waiting());
    }

    /**
     * Publishes the state of {@code limiter}, as {@link #monitor(String, Queue)} does of a queue.
     *
     * @param name the tag {@code name}; one semaphore or limiter a name
     * @param limiter its waiting callers are published
     */
    public void monitor(String name, RateLimiter limiter) {
        Objects.requireNonNull(limiter, "limiter");
        add("weft.limiter.waiting", name, "Callers waiting", limiter, each -> {
            var now = each.snapshot();
            return now.waiting() + (now.next() == null ? 0 : 1);
        });
    }

    private synchronized <T> void add(
            String meter, String name, String description, T object, ToDoubleFunction<T> value) {
        Objects.requireNonNull(name, "name");
        for (var other : monitored) {
            if (other.meter().equals(meter) && other.name().equals(name)) {
                throw new IllegalArgumentException("there is a " + meter + " of the name '" + name
                        + "' already: give each queue and limiter a name of its own");
            }
        }
        var added = new Monitored<>(meter, name, description, object, value);
        monitored.add(added);
        registries.forEach(added::register);
    }
}
