package dev.weft.spring;

import dev.weft.ContextPropagator;
import dev.weft.Defaults;
import dev.weft.ProblemHandler;
import dev.weft.Registration;
import dev.weft.TaskListener;
import dev.weft.Weft;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of the process that the application context has installed: all beans that are {@link ContextPropagator},
 * {@link TaskListener} or {@link ProblemHandler}. Closing the context takes them back. Of a child context they are
 * those that no ancestor has installed.
 *
 * @since 0.1.0
 */
public final class WeftInstallation implements AutoCloseable {

    private final Registration registration;

    /** All that this context and its ancestors have installed, by identity. */
    private final Set<Object> installed = Collections.newSetFromMap(new IdentityHashMap<>());

    WeftInstallation(
            @Nullable WeftInstallation parent,
            WeftProperties properties,
            Iterable<ContextPropagator> propagators,
            Iterable<TaskListener> listeners,
            Iterable<ProblemHandler> problemListeners) {
        var defaults = Defaults.builder();
        Set<Object> inherited = parent == null ? Set.of() : parent.installed;
        installed.addAll(inherited);
        addNew(propagators, inherited, defaults::propagate);
        addNew(listeners, inherited, defaults::listener);
        addNew(problemListeners, inherited, defaults::problemListener);
        if (properties.debug() != null) {
            defaults.debug(properties.debug());
        }
        if (properties.cancellationGrace() != null) {
            defaults.cancellationGrace(properties.cancellationGrace());
        }
        registration = Weft.install(defaults.build());
    }

    private <T> void addNew(Iterable<T> beans, Set<Object> inherited, Consumer<T> install) {
        for (var bean : beans) {
            if (!inherited.contains(bean)) {
                install.accept(bean);
                installed.add(bean);
            }
        }
    }

    @Override
    public void close() {
        registration.close();
    }
}
