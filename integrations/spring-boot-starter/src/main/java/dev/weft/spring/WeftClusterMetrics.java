package dev.weft.spring;

import dev.weft.cluster.Workers;
import dev.weft.micrometer.ClusterMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the calls of all beans that are {@link Workers}, each with a {@link ClusterMetrics} of its own. The tag
 * {@code cluster} is the name of the cluster; of several beans in one cluster, those after the first have the name of
 * the bean with it, as in {@code pages/spareWorkers}.
 *
 * @since 0.1.0
 */
public final class WeftClusterMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final Map<String, ClusterMetrics> all = new HashMap<>();

    WeftClusterMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void add(String bean, Workers workers) {
        var cluster = workers.cluster();
        var tag = all.containsKey(cluster) ? cluster + "/" + bean : cluster;
        if (all.containsKey(tag)) {
            return; // a bean without a scope of the application's
        }
        var metrics = new ClusterMetrics(tag);
        all.put(tag, metrics);
        metrics.bindTo(registry);
        metrics.monitor(workers);
        workers.listen(metrics);
    }

    @Override
    public synchronized void close() {
        all.values().forEach(ClusterMetrics::close);
        all.clear();
    }
}
