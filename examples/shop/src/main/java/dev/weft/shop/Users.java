package dev.weft.shop;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Believes the header {@code X-User}: in the security context and in the logging context of the request. */
@Configuration(proxyBeanMethods = false)
class Users {

    static final String HEADER = "X-User";
    static final String MDC_KEY = "user";

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .addFilterBefore(new ByHeader(), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    private static final class ByHeader extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var user = request.getHeader(HEADER);
            if (user == null) {
                chain.doFilter(request, response);
                return;
            }
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new UsernamePasswordAuthenticationToken(user, "", List.of()));
            SecurityContextHolder.setContext(context);
            MDC.put(MDC_KEY, user);
            try {
                chain.doFilter(request, response);
            } finally {
                MDC.remove(MDC_KEY);
                SecurityContextHolder.clearContext();
            }
        }
    }
}
