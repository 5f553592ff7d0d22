package dev.weft.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Names a request's virtual thread after its route, as in {@code GET /orders/{id}}, while a controller serves it: a
 * dump of Weft's says so of the thread that has called {@code gather}. Pooled threads keep their names.
 */
final class RouteNames implements HandlerInterceptor {

    private static final String BEFORE = RouteNames.class.getName();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var thread = Thread.currentThread();
        var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (thread.isVirtual() && route != null) {
            request.setAttribute(BEFORE, thread.getName());
            thread.setName(request.getMethod() + " " + route);
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception exception) {
        var thread = Thread.currentThread();
        if (thread.isVirtual() && request.getAttribute(BEFORE) instanceof String before) {
            thread.setName(before);
        }
    }
}
