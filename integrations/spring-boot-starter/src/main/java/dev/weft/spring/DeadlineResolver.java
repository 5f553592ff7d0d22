package dev.weft.spring;

import dev.weft.DeadlineExceededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/** A limit of Weft's that has passed is status 504, unless the application handles the exception itself. */
final class DeadlineResolver extends AbstractHandlerExceptionResolver {

    DeadlineResolver() {
        setOrder(Ordered.LOWEST_PRECEDENCE);
        setWarnLogCategory(DeadlineResolver.class.getName());
    }

    @Override
    protected @Nullable ModelAndView doResolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (!(exception instanceof DeadlineExceededException) || response.isCommitted()) {
            return null;
        }
        try {
            response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        } catch (IOException e) {
            logger.debug("status 504 could not be sent", e);
            return null;
        }
        return new ModelAndView();
    }
}
