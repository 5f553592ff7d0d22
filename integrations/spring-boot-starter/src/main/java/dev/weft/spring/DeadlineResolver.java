package dev.weft.spring;

import dev.weft.DeadlineExceededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/**
 * A limit of Weft's that has passed is status 504, unless the application handles the exception itself. So is an
 * exception by which a library has translated the limit's interrupt into one of its own, as Spring does while it waits
 * for a connection of a full pool: the limit's exception is suppressed in it.
 */
final class DeadlineResolver extends AbstractHandlerExceptionResolver {

    private static final int MAX_CAUSES = 16;

    DeadlineResolver() {
        setOrder(Ordered.LOWEST_PRECEDENCE);
        setWarnLogCategory(DeadlineResolver.class.getName());
    }

    @Override
    protected @Nullable ModelAndView doResolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (!isOfLimit(exception) || response.isCommitted()) {
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

    private static boolean isOfLimit(Exception exception) {
        return exception instanceof DeadlineExceededException
                || (Arrays.stream(exception.getSuppressed()).anyMatch(DeadlineExceededException.class::isInstance)
                        && isOfInterrupt(exception));
    }

    private static boolean isOfInterrupt(Exception exception) {
        Throwable cause = exception;
        for (var i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof InterruptedException || cause instanceof InterruptedIOException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
