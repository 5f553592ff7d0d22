package dev.weft.micrometer;

import dev.weft.cluster.Call;
import dev.weft.cluster.CallOutcome;
import dev.weft.cluster.ClusterListener;
import dev.weft.cluster.EndedCall;
import dev.weft.cluster.Workers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one {@link Workers} of {@code weft-cluster} into Micrometer.
 *
 * <pre>{@code
 * var metrics = new ClusterMetrics("pages");
 * metrics.bindTo(registry);
 * try (metrics; var workers = Workers.builder("pages").listener(metrics)….open()) {
 *     metrics.monitor(workers);
 *     …
 * }
 * }</pre>
 *
 * <p>For workers that are open already, {@link Workers#listen} takes the place of {@code listener}. The Spring Boot
 * starter does all of this for beans that are {@link Workers}.
 *
 * <table class="striped">
 * <caption>Meters, all with the tag {@code cluster}</caption>
 * <tr><th>meter</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@code weft.cluster.calls}</td><td>{@code handler}, {@code outcome}</td><td>times calls of this side, from
 * the call to its end; the outcomes are those of {@link CallOutcome}, in lower case</td></tr>
 * <tr><td>{@code weft.cluster.calls.queued}</td><td>{@code handler}</td><td>times the waits of these calls for a
 * place</td></tr>
 * <tr><td>{@code weft.cluster.handled}</td><td>{@code handler}, {@code outcome}</td><td>times handlers that have run
 * here for others</td></tr>
 * <tr><td>{@code weft.cluster.open}, {@code .waiting}, {@code .running}</td><td></td><td>calls that are with a member,
 * calls that wait for a place, calls of others that run here</td></tr>
 * <tr><td>{@code weft.cluster.members}, {@code .credits}</td><td></td><td>members that this side can call, and how many
 * calls could be sent at once</td></tr>
 * <tr><td>{@code weft.cluster.retried}, {@code .rejected}, {@code .suspicions}, {@code .connections.refused}</td>
 * <td></td><td>count as the numbers of {@link Workers.Snapshot} do</td></tr>
 * </table>
 *
 * <p>The calls' meters count what the listener is told. The others are there after {@link #monitor}, and read
 * {@link Workers#snapshot()}. Tags are names of handlers, which are constants of the program, and never names of
 * members or calls.
 *
 * <p>Needs {@code weft-cluster}, which this artifact does not bring. Thread-safe. <b>Blocking:</b> never.
 * <b>Cancellation:</b> never a cancellation point.
 *
 * @since 0.1.0
 */
public final class ClusterMetrics implements MeterBinder, ClusterListener, AutoCloseable {

    private final Tags tags;
    private final List<MeterRegistry> registries = new ArrayList<>();

    /** By identity: meters of several registries are equal to each other. */
    private final IdentityHashMap<Meter, MeterRegistry> meters = new IdentityHashMap<>();

    private final Map<Key, List<Timer>> timers = new ConcurrentHashMap<>();
    private @Nullable Workers workers;
    private boolean isClosed;

    private record Key(
            String meter, String handler, @Nullable CallOutcome outcome) {}

    /**
     * Creates metrics that are bound to no registry yet.
     *
     * @param cluster the tag {@code cluster}; one a process for each {@link Workers}
     * @since 0.1.0
     */
    public ClusterMetrics(String cluster) {
        this.tags = Tags.of("cluster", Objects.requireNonNull(cluster, "cluster"));
    }

    /**
     * Counts into {@code registry}, too, from now on.
     *
     * @throws IllegalStateException if these metrics are closed
     */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        Objects.requireNonNull(registry, "registry");
        checkOpen();
        if (registries.contains(registry)) {
            return;
        }
        registries.add(registry);
        timers.clear(); // the next call of each finds all registries
        if (workers != null) {
            register(registry, workers);
        }
    }

    /**
     * Publishes the numbers of {@code monitored} as gauges and counters, until these metrics are closed.
     *
     * @param monitored the workers that these metrics listen to
     * @throws IllegalStateException if other workers are monitored, or these metrics are closed
     * @since 0.1.0
     */
    public synchronized void monitor(Workers monitored) {
        Objects.requireNonNull(monitored, "monitored");
        checkOpen();
        if (workers == monitored) {
            return;
        }
        if (workers != null) {
            throw new IllegalStateException("these metrics are those of " + workers
                    + ": other workers need a ClusterMetrics of their own, with another name");
        }
        workers = monitored;
        registries.forEach(registry -> register(registry, monitored));
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("these metrics are closed: make new ones for new workers");
        }
    }

    private void register(MeterRegistry registry, Workers of) {
        gauge(
                registry,
                "members",
                "Members that this side can call",
                () -> of.members().size());
        gauge(
                registry,
                "open",
                "Calls that are with a member",
                () -> of.snapshot().open());
        gauge(
                registry,
                "waiting",
                "Calls that wait for a place",
                () -> of.snapshot().waiting());
        gauge(
                registry,
                "credits",
                "Calls that could be sent at once",
                () -> of.snapshot().credits());
        gauge(
                registry,
                "running",
                "Calls of others that run here",
                () -> of.snapshot().running());
        counter(registry, of, "retried", "Attempts after one that was lost", Workers.Snapshot::retried);
        counter(registry, of, "rejected", "Attempts that a member rejected", Workers.Snapshot::rejected);
        counter(registry, of, "suspicions", "How often members were suspected", Workers.Snapshot::suspicions);
        counter(
                registry,
                of,
                "connections.refused",
                "Connections of strangers that were closed",
                Workers.Snapshot::refusedConnections);
    }

    private void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        var gauge = Gauge.builder("weft.cluster." + name, value)
                .description(description)
                .tags(tags)
                .register(registry);
        meters.put(gauge, registry);
    }

    private void counter(
            MeterRegistry registry,
            Workers of,
            String name,
            String description,
            ToDoubleFunction<Workers.Snapshot> value) {
        var counter = FunctionCounter.builder("weft.cluster." + name, of, each -> value.applyAsDouble(each.snapshot()))
                .description(description)
                .tags(tags)
                .register(registry);
        meters.put(counter, registry);
    }

    @Override
    public void callEnded(EndedCall call) {
        record(new Key("weft.cluster.calls", call.handler(), call.outcome()), call.total());
        record(new Key("weft.cluster.calls.queued", call.handler(), null), call.queued());
    }

    @Override
    public void handlerEnded(Call call, CallOutcome outcome, Duration ran) {
        record(new Key("weft.cluster.handled", call.handler(), outcome), ran);
    }

    private void record(Key key, Duration duration) {
        var known = timers.get(key);
        for (var timer : known == null ? newTimers(key) : known) {
            timer.record(duration);
        }
    }

    private synchronized List<Timer> newTimers(Key key) {
        if (isClosed) {
            return List.of();
        }
        var made = new ArrayList<Timer>();
        for (var registry : registries) {
            var outcome = key.outcome;
            var timer = Timer.builder(key.meter)
                    .description(
                            outcome == null
                                    ? "Waits of calls for a place"
                                    : key.meter.endsWith("calls") ? "Calls of this side" : "Handlers run for others")
                    .tags(tags)
                    .tag("handler", key.handler)
                    .tags(
                            outcome == null
                                    ? Tags.empty()
                                    : Tags.of("outcome", outcome.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
            meters.put(timer, registry);
            made.add(timer);
        }
        timers.put(key, List.copyOf(made));
        return made;
    }

    /**
     * Takes the meters out of their registries. Calls that end afterwards are not counted. Idempotent.
     *
     * @since 0.1.0
     */
    @Override
    public synchronized void close() {
        isClosed = true;
        timers.clear();
        meters.forEach((meter, registry) -> registry.remove(meter));
        meters.clear();
        registries.clear();
        workers = null;
    }
}
