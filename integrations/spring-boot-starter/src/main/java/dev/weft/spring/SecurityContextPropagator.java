package dev.weft.spring;

import dev.weft.ContextPropagator;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Spring Security's context in tasks: that of their creator, or none. */
final class SecurityContextPropagator {

    private SecurityContextPropagator() {}

    /** A task gets a context of its own with its creator's authentication, so that neither changes the other's. */
    static ContextPropagator carrying() {
        return () -> {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            return () -> {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(authentication);
                return set(context);
            };
        };
    }

    static ContextPropagator clearing() {
        return () -> () -> set(SecurityContextHolder.createEmptyContext());
    }

    private static ContextPropagator.Restored set(SecurityContext context) {
        var before = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(context);
        return () -> {
            if (before.getAuthentication() == null) {
                SecurityContextHolder.clearContext();
            } else {
                SecurityContextHolder.setContext(before);
            }
        };
    }
}
