package dev.weft.spring;

import dev.weft.micrometer.TaskObservations;
import dev.weft.micrometer.WeftMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Counts tasks where there is a {@link MeterRegistry}, and makes observations of named tasks where they are asked for.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        before = WeftAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
public final class WeftMetricsAutoConfiguration {

    WeftMetricsAutoConfiguration() {}

    /** Spring Boot binds it to the registry. */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.metrics.enabled", matchIfMissing = true)
    WeftMetrics weftMetrics() {
        return new WeftMetrics();
    }

    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.observations.enabled")
    TaskObservations weftTaskObservations(ObservationRegistry registry) {
        return TaskObservations.ofNamed(registry);
    }
}
