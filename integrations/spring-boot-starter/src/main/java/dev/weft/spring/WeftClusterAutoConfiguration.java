package dev.weft.spring;

import dev.weft.cluster.Workers;
import dev.weft.micrometer.ClusterMetrics;
import dev.weft.opentelemetry.OpenTelemetryRemoteContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Where {@code weft-cluster} is there: counts the calls of {@link Workers} beans, and has a bean for
 * {@link dev.weft.cluster.WorkersBuilder#context} that carries traces to handlers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration"
        })
@ConditionalOnClass(Workers.class)
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
public final class WeftClusterAutoConfiguration {

    WeftClusterAutoConfiguration() {}

    /** An application that has metrics of its own for its workers would count twice with these. */
    @Bean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    @ConditionalOnMissingBean({WeftClusterMetrics.class, ClusterMetrics.class})
    @ConditionalOnProperty(name = "weft.metrics.enabled", matchIfMissing = true)
    WeftClusterMetrics weftClusterMetrics(MeterRegistry registry) {
        return new WeftClusterMetrics(registry);
    }

    /** Workers are closed before their metrics, so that all of their calls are counted. */
    @Bean
    static BeanPostProcessor weftWorkersWithMetrics(
            ConfigurableListableBeanFactory beans, ObjectProvider<WeftClusterMetrics> metrics) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof Workers workers) {
                    metrics.ifAvailable(all -> {
                        beans.registerDependentBean("weftClusterMetrics", name);
                        all.add(name, workers);
                    });
                }
                return bean;
            }
        };
    }

    /** Travels as the application's own OpenTelemetry has it; else by the standards of W3C. */
    @Bean
    @ConditionalOnMissingBean
    OpenTelemetryRemoteContext weftRemoteContext(ObjectProvider<OpenTelemetry> openTelemetry) {
        var own = openTelemetry.getIfUnique();
        return own == null
                ? OpenTelemetryRemoteContext.w3c()
                : OpenTelemetryRemoteContext.of(own.getPropagators().getTextMapPropagator());
    }
}
