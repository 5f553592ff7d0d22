package dev.weft.spring;

import dev.weft.ContextPropagator;
import dev.weft.ProblemHandler;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.TaskListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Installs the defaults of the process, and gives the application a run for its background work.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WeftProperties.class)
public final class WeftAutoConfiguration {

    WeftAutoConfiguration() {}

    /** No bean needs it: a lazy one would never be made. */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    WeftInstallation weftInstallation(
            WeftProperties properties,
            ObjectProvider<ContextPropagator> propagators,
            ObjectProvider<TaskListener> listeners,
            ObjectProvider<ProblemHandler> problemListeners) {
        return new WeftInstallation(
                properties,
                propagators.orderedStream().toList(),
                listeners.orderedStream().toList(),
                problemListeners.orderedStream().toList());
    }

    /** Lives as long as the application. The installation is named so that it is there first. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.run.enabled", matchIfMissing = true)
    StartedRun weftRun(WeftInstallation installation) {
        return Runner.builder().start();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(StartedRun.class)
    WeftRunLifecycle weftRunLifecycle(StartedRun run, WeftProperties properties) {
        return new WeftRunLifecycle(run, properties.run().drain());
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.jmx.enabled", matchIfMissing = true)
    WeftMBean weftMBean() {
        return new WeftMBean();
    }
}
