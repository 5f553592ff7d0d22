package dev.weft.spring;

import dev.weft.ContextPropagator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Gives tasks the security context of their creators, or keeps it out of them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = WeftAutoConfiguration.class)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
public final class WeftSecurityAutoConfiguration {

    WeftSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "weftSecurityContext")
    @ConditionalOnProperty(name = "weft.context.security", matchIfMissing = true)
    ContextPropagator weftSecurityContext() {
        return SecurityContextPropagator.carrying();
    }

    /** Micrometer's context propagation carries it as well, unless it is taken out again. */
    @Bean
    @ConditionalOnMissingBean(name = "weftNoSecurityContext")
    @ConditionalOnProperty(name = "weft.context.security", havingValue = "false")
    ContextPropagator weftNoSecurityContext() {
        return SecurityContextPropagator.clearing();
    }
}
