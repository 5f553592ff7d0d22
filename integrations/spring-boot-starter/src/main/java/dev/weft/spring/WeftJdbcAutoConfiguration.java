package dev.weft.spring;

import dev.weft.jdbc.CancellableDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Wraps each {@link DataSource} bean in a {@link CancellableDataSource}, if {@code weft.jdbc.cancellable} is true.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "weft.jdbc.cancellable")
public final class WeftJdbcAutoConfiguration {

    WeftJdbcAutoConfiguration() {}

    @Bean
    static Wrapping weftCancellableDataSources() {
        return new Wrapping();
    }

    static final class Wrapping implements BeanPostProcessor, Ordered {

        /** Spring Boot puts the proxy of {@code connection-fetch=lazy} around the result, with order 0. */
        @Override
        public int getOrder() {
            return -1;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof DataSource dataSource ? CancellableDataSource.of(dataSource) : bean;
        }
    }
}
