package dev.weft.spring;

import dev.weft.ContextPropagator;
import dev.weft.ProblemHandler;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.TaskListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

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

    /**
     * No bean needs it: a lazy one would never be made. A child context has one of its own, for its own beans; those of
     * its ancestors are installed already.
     */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    WeftInstallation weftInstallation(
            ApplicationContext context,
            WeftProperties properties,
            ObjectProvider<ContextPropagator> propagators,
            ObjectProvider<TaskListener> listeners,
            ObjectProvider<ProblemHandler> problemListeners) {
        var parent = context.getParent();
        return new WeftInstallation(
                parent == null
                        ? null
                        : parent.getBeanProvider(WeftInstallation.class).getIfAvailable(),
                properties,
                propagators.orderedStream().toList(),
                listeners.orderedStream().toList(),
                problemListeners.orderedStream().toList());
    }

    /**
     * Lives as long as the application. The installation is named so that it is there first.
     *
     * <p>Its start waits for a thread that tells listeners, and Spring holds a lock meanwhile, for which a listener's
     * metrics may wait once they are bound. So it is there before that, also where beans are lazy.
     */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.run.enabled", matchIfMissing = true)
    StartedRun weftRun(WeftInstallation installation, Environment environment) {
        return Runner.builder()
                .mainName(environment.getProperty("spring.application.name", "application"))
                .start();
    }

    /** For the runs of this context: those of an ancestor are drained when that closes. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnBean(value = StartedRun.class, search = SearchStrategy.CURRENT)
    WeftRunLifecycle weftRunLifecycle(ListableBeanFactory beans, WeftProperties properties) {
        return new WeftRunLifecycle(
                beans.getBeansOfType(StartedRun.class, false, true).values(),
                properties.run().drain());
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "weft.jmx.enabled", matchIfMissing = true)
    WeftMBean weftMBean() {
        return new WeftMBean();
    }
}
