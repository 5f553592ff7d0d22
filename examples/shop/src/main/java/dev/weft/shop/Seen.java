package dev.weft.shop;

import io.micrometer.tracing.Tracer;
import java.util.Objects;
import org.slf4j.MDC;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The context that one part of an order has seen.
 *
 * @param part which
 * @param mdc the user by the logging context
 * @param security the user by the security context
 * @param trace the trace
 */
record Seen(String part, String mdc, String security, String trace) {

    static Seen here(String part, Tracer tracer) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var span = tracer.currentSpan();
        return new Seen(
                part,
                Objects.requireNonNullElse(MDC.get(Users.MDC_KEY), "none"),
                authentication == null ? "none" : authentication.getName(),
                span == null ? "none" : span.context().traceId());
    }
}
