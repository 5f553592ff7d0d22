package dev.weft.spring;

import dev.weft.diagnostics.Tasks;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Registers {@link Tasks} as the MBean {@code dev.weft:type=Tasks}, by which {@code weft ps} sees into a jar of jars.
 *
 * @since 0.1.0
 */
public final class WeftMBean implements AutoCloseable {

    private static final String NAME = "dev.weft:type=Tasks";
    private static final Log LOG = LogFactory.getLog(WeftMBean.class);

    private final boolean isMine;

    WeftMBean() {
        isMine = register();
    }

    private static boolean register() {
        try {
            server().registerMBean(new Tasks(), new ObjectName(NAME));
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false; // another context of this process, or the application itself, which does as well
        } catch (JMException e) {
            LOG.warn("'weft ps' will not see into this process: the MBean " + NAME + " could not be registered", e);
            return false;
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    @Override
    public void close() throws JMException {
        if (isMine && server().isRegistered(new ObjectName(NAME))) {
            server().unregisterMBean(new ObjectName(NAME));
        }
    }
}
