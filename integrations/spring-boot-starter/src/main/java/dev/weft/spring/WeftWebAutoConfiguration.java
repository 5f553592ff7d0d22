package dev.weft.spring;

import dev.weft.ContextPropagator;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Configures the requests of a Spring MVC service.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = WeftAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnProperty(name = "weft.enabled", matchIfMissing = true)
public final class WeftWebAutoConfiguration {

    WeftWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "weftRequestAttributes")
    @ConditionalOnProperty(name = "weft.context.request-attributes")
    ContextPropagator weftRequestAttributes() {
        return new RequestAttributesPropagator();
    }

    /** After all other resolvers, so that the handlers of the application come first. */
    @Bean
    @ConditionalOnProperty(name = "weft.web.gateway-timeout", matchIfMissing = true)
    WebMvcConfigurer weftGatewayTimeout() {
        return new WebMvcConfigurer() {
            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(new DeadlineResolver());
            }
        };
    }

    @Bean
    @ConditionalOnProperty(name = "weft.web.name-threads", matchIfMissing = true)
    WebMvcConfigurer weftRouteNames() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RouteNames());
            }
        };
    }
}
