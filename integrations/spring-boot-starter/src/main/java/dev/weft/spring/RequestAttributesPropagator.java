package dev.weft.spring;

import dev.weft.ContextPropagator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The attributes of the creator's request in each task. */
final class RequestAttributesPropagator implements ContextPropagator {

    @Override
    public Snapshot capture() {
        var captured = RequestContextHolder.getRequestAttributes();
        return () -> {
            var before = RequestContextHolder.getRequestAttributes();
            set(captured);
            return () -> set(before);
        };
    }

    private static void set(@Nullable RequestAttributes attributes) {
        if (attributes == null) {
            RequestContextHolder.resetRequestAttributes();
        } else {
            RequestContextHolder.setRequestAttributes(attributes);
        }
    }
}
