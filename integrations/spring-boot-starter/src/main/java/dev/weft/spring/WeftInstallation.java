package dev.weft.spring;

import dev.weft.ContextPropagator;
import dev.weft.Defaults;
import dev.weft.ProblemHandler;
import dev.weft.Registration;
import dev.weft.TaskListener;
import dev.weft.Weft;

/**
 * The defaults of the process that the application context has installed: all beans that are {@link ContextPropagator},
 * {@link TaskListener} or {@link ProblemHandler}. Closing the context takes them back.
 *
 * @since 0.1.0
 */
public final class WeftInstallation implements AutoCloseable {

    private final Registration registration;

    WeftInstallation(
            WeftProperties properties,
            Iterable<ContextPropagator> propagators,
            Iterable<TaskListener> listeners,
            Iterable<ProblemHandler> problemListeners) {
        var defaults = Defaults.builder();
        propagators.forEach(defaults::propagate);
        listeners.forEach(defaults::listener);
        problemListeners.forEach(defaults::problemListener);
        if (properties.debug() != null) {
            defaults.debug(properties.debug());
        }
        if (properties.cancellationGrace() != null) {
            defaults.cancellationGrace(properties.cancellationGrace());
        }
        registration = Weft.install(defaults.build());
    }

    @Override
    public void close() {
        registration.close();
    }
}
