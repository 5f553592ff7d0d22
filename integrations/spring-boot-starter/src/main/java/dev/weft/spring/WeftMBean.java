package dev.weft.spring;

import dev.weft.Registration;
import dev.weft.diagnostics.Tasks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls {@link Tasks#register()}, by which {@code weft ps} sees into a jar of jars.
 *
 * @since 0.1.0
 */
public final class WeftMBean implements AutoCloseable {

    private static final Log LOG = LogFactory.getLog(WeftMBean.class);

    private final Registration registration;

    WeftMBean() {
        registration = register();
    }

    private static Registration register() {
        try {
            return Tasks.register();
        } catch (IllegalStateException e) {
            LOG.warn("'weft ps' will not see into this process", e);
            return () -> {};
        }
    }

    @Override
    public void close() {
        registration.remove();
    }
}
